/**
 * Finding pages by words, with no page in it. MiniSearch finds places by the beginnings of words and forgives a slip of the
 * keyboard; this adds the words people use for one thing, prefers places that answer the whole query, and ranks pages by their best
 * places. A result carries the sentence that answers.
 *
 * @typedef {{said: string, match: boolean}} Part
 * @typedef {[url: string, title: string, about: string, kind: string]} Page
 * @typedef {[page: number, place: string, heading: string, words: string]} Place
 * @typedef {{pages: Page[], places: Place[], same: [page: number | null, words: string[]][]}} Written
 * @typedef {{url: string, place: string, title: string, heading: string, kind: string, text: string}} Found
 * @typedef {{page: number, held: {id: number, said: string}[], worth: number}} Ranked
 * @typedef {{words: string[], weight: number}} Wording
 * @typedef {{page: number | null, wordings: Wording[], rare?: number}} Want  one thing the query asks for, in each of the ways it may be said
 */

import Library from './minisearch.mjs';

/** @type {typeof import('minisearch').default} */
const MiniSearch = /** @type {any} */ (Library);

const SMALL = new Set(
  'a about actually again am an and any are as at be been being by can could did do does for from get had has have he her his how i if in into is it its just me my need of on or our really she should so than that the their them then there they this to us was we were what when where which who why will with would you your'.split(' '),
);
/** How much a page of each kind is worth for the same words: the page that answers before the one that also mentions it. */
/** @type {Record<string, number>} */
const WORTH = {
  urgent: 1.05, guidance: 1, tool: 1, module: 0.85, briefing: 0.72, poster: 0.8, catalogue: 0.8, index: 0.6, about: 0.5, document: 0.55, editors: 0.3,
};
const BOOST = { title: 5, heading: 3, about: 2.5, words: 1 };
/** What another wording of the query is worth beside the words that were typed. */
const ALIKE = 0.7;
/** What the page that is about a thing gains when that thing is asked for: more, the fewer other things are asked for with it. */
const aboutIt = (/** @type {number} */ things) => 1.4 + 1.4 / things;
/** What a place is worth whose words stand far apart; and one whose heading is the query itself. */
const NEAR = 0.5;
const EXACT = 3;
/** How many of the best places are read sentence by sentence. */
const CLOSELY = 80;
/** What the second and third best places of a page add to its best one. */
const MORE = [1, 0.2, 0.1];

/** How MiniSearch takes words that are stems already. */
const WHOLE = { tokenize: (/** @type {string} */ text) => text.split(' '), processTerm: (/** @type {string} */ word) => word };

/** Lower case, letters and figures only, one space between. @param {string} text */
export function plain(text) {
  return text.toLowerCase().replace(/[’']d\b|[’']/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** A word without its common ending, so that "missed" finds "missing". @param {string} word */
function stem(word) {
  if (SMALL.has(word)) return word;
  const short = word.length < 5 ? word.replace(/(?<=..)s$/u, '') : word.replace(/(?:ations?|ings?|edly|ed|ies|es|ly|s|y|e)$/u, '');
  return short.length < Math.min(4, word.length - 1) ? word : short;
}

/** @param {string} text */
function stemmed(text) {
  return plain(text).split(' ').map(stem).join(' ');
}

/**
 * The same stems, with those that are nowhere put right where they can be: two words run together, or a slip of the keyboard.
 * @param {Index} index @param {string} words
 */
function spelt({ index, vocabulary }, words) {
  const known = (/** @type {string} */ word) => index.search(word, WHOLE).length || vocabulary.search(word, WHOLE).length;
  return words.split(' ').map((word) => {
    if (word.length < 4 || SMALL.has(word) || known(word) || index.search(word, { ...WHOLE, prefix: true }).length) return word;
    for (let at = 3; at <= word.length - 3; at += 1) {
      const parts = [stem(word.slice(0, at)), stem(word.slice(at))];
      if (parts.every(known)) return parts.join(' ');
    }
    const slip = { ...WHOLE, fuzzy: word.length > 6 ? 2 : 1 };
    return vocabulary.search(word, slip)[0]?.terms[0] ?? index.search(word, slip)[0]?.terms[0] ?? word;
  }).join(' ');
}

/** @param {string} text @returns {string[]} */
function stems(text) {
  const words = plain(text).split(' ').filter(Boolean);
  const telling = words.filter((word) => !SMALL.has(word));
  return (telling.length ? telling : words).map(stem);
}

/** What the pages say, ready to be searched. @param {Written} written */
export function indexed({ pages, places, same }) {
  const index = new MiniSearch({
    fields: ['title', 'heading', 'about', 'words'],
    tokenize: (text) => plain(text).split(' '),
    processTerm: (word) => (SMALL.has(word) || !word ? null : stem(word)),
  });
  index.addAll(places.map(([page, place, heading, words], id) => ({
    id, heading, words, title: pages[page]?.[1] ?? '', about: place ? '' : pages[page]?.[2] ?? '',
  })));
  /** @type {Map<number, {said: string, words: Set<string>}[]>} */
  const read = new Map();
  const alike = same.map(([page, group]) => ({ page, wordings: group.map((words) => ({ said: stemmed(words), words: stems(words) })) }));
  const vocabulary = new MiniSearch({ fields: ['words'], tokenize: WHOLE.tokenize, processTerm: WHOLE.processTerm });
  vocabulary.addAll(alike.flatMap(({ wordings }, id) => (wordings.length ? [{ id, words: wordings.map(({ said }) => said).join(' ') }] : [])));
  return { index, pages, places, alike, read, vocabulary };
}

/** @typedef {ReturnType<typeof indexed>} Index */

/**
 * What a query asks for. A run of words that has other wordings is one thing asked for, and each word left over is another.
 * @param {Index} known @param {string} query @returns {Want[]}
 */
export function wants(known, query) {
  let rest = ` ${spelt(known, stemmed(query))} `;
  /** @type {Want[]} */
  const found = [];
  const all = known.alike.flatMap(({ page, wordings }) => wordings.map((wording) => ({ page, wording, wordings })));
  all.sort((a, b) => b.wording.said.length - a.wording.said.length);
  for (const { page, wording, wordings } of all) {
    if (!rest.includes(` ${wording.said} `)) continue;
    rest = rest.replace(` ${wording.said} `, ' | ');
    const weighed = wordings.map(({ said, words }) => ({ words, weight: said === wording.said ? 1 : ALIKE }));
    found.push({ page, wordings: weighed });
  }
  const left = rest.split(' ').filter((word) => word && word !== '|');
  const telling = left.filter((word) => !SMALL.has(word));
  for (const word of telling.length || found.length ? telling : left) found.push({ page: null, wordings: [{ words: [word], weight: 1 }] });
  return found;
}

/**
 * The pages that answer a query, best first, each with its best place. `every` says whether any has all that was asked for.
 * @param {Index} index @param {string} query @returns {{found: Found[], every: boolean}}
 */
export function find(index, query) {
  const asked = weighed(index, wants(index, query));
  const places = holding(index, asked);
  const wanted = plain(query);
  for (const place of places.slice(0, CLOSELY)) {
    const { share: near, said } = closest(index, place.id, asked);
    place.said = said;
    place.worth *= NEAR + (1 - NEAR) * near;
    if (place.titles.includes(wanted)) place.worth *= EXACT;
  }
  const about = new Set(asked.map(({ page }) => page));
  /** @type {Map<number, typeof places>} */
  const pages = new Map();
  for (const place of places.sort(byWorth)) pages.set(place.page, [...(pages.get(place.page) ?? []), place]);
  /** @type {Ranked[]} */
  const ranked = [...pages].map(([page, held]) => ({ page, held, worth: together(held) * (about.has(page) ? aboutIt(asked.length) : 1) }));
  if (asked.length === 1) ranked.push(...named(index, asked[0]?.page ?? null));
  const found = once(ranked.sort(byWorth)).map(({ held: [first] }) => result(index, first?.id ?? 0, first?.said ?? ''));
  return { found, every: places.some(({ answered }) => answered === 1) };
}

/**
 * The page that is about the one thing asked for comes first, with what it says of itself.
 * @param {Index} index @param {number | null} page @returns {Ranked[]}
 */
function named({ places }, page) {
  const id = places.findIndex(([number, place]) => number === page && !place);
  return id < 0 || page === null ? [] : [{ page, held: [{ id, said: '' }], worth: Infinity }];
}

/** @param {Ranked[]} ranked */
function once(ranked) {
  const seen = new Set();
  return ranked.filter(({ page }) => !seen.has(page) && seen.add(page));
}

/** The places that hold any of the words, best first. @param {Index} index @param {Want[]} asked */
function holding({ index, pages, places }, asked) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const { words, weight } of asked.flatMap(({ wordings }) => wordings)) {
    for (const word of words) weights.set(word, Math.max(weights.get(word) ?? 0, weight / (weight < 1 ? words.length : Math.sqrt(words.length))));
  }
  if (!weights.size) return [];
  const strange = new Set([...weights.keys()].filter((word) => !index.search(word, WHOLE).length));
  const results = index.search([...weights.keys()].join(' '), {
    ...WHOLE,
    prefix: (word) => word.length > 2,
    fuzzy: (word) => (strange.has(word) && word.length > 3 ? (word.length > 6 ? 2 : 1) : false),
    weights: { prefix: 0.5, fuzzy: 0.25 },
    boost: BOOST,
    boostTerm: (word) => weights.get(word) ?? 1,
  });
  return results.map(({ id, score, queryTerms }) => {
    const [page = 0, , heading = ''] = places[id] ?? [];
    const [, title = '', , kind = ''] = pages[page] ?? [];
    const answered = share(asked, new Set(queryTerms));
    return { id, page, titles: (heading || title).split(/[,(:]/).map(plain), answered, said: '', worth: score * answered ** 2 * (WORTH[kind] ?? 1) };
  }).sort(byWorth);
}

/** @param {{worth: number}} a @param {{worth: number}} b */
function byWorth(a, b) {
  return b.worth - a.worth;
}

/** The best places of a page together. @param {{worth: number}[]} held */
function together(held) {
  return held.slice(0, MORE.length).reduce((sum, { worth }, at) => sum + worth * (MORE[at] ?? 0), 0);
}

/** How much of what was asked some words have, each thing in its best wording: 0 to 1. @param {Want[]} asked @param {Set<string>} had */
function share(asked, had) {
  const each = asked.map(({ wordings }) => Math.max(...wordings.map(({ words, weight }) => {
    const part = words.filter((word) => had.has(word)).length / words.length;
    return part === 1 ? 1 : part * part * weight;
  })));
  const whole = asked.reduce((sum, { rare }) => sum + (rare ?? 1), 0);
  return each.reduce((sum, part, at) => sum + part * (asked[at]?.rare ?? 1), 0) / whole;
}

/** What few places have says more of what is meant than what nearly all have. @param {Index} index @param {Want[]} asked */
function weighed({ index, places }, asked) {
  return asked.map((want) => {
    const having = want.wordings.map(({ words }) => index.search(words.join(' '), { ...WHOLE, combineWith: 'AND' }).length);
    return { ...want, rare: Math.log(1 + places.length / (1 + having.reduce((sum, count) => sum + count, 0))) };
  });
}

/** The sentence of a place that has most of what was asked, and how much. @param {Index} index @param {number} id @param {Want[]} asked */
function closest(index, id, asked) {
  let best = { share: 0, said: '' };
  for (const { said, words } of sentences(index, id)) {
    const part = share(asked, words);
    if (part > best.share) best = { share: part, said };
  }
  return best;
}

/** @param {Index} index @param {number} id */
function sentences({ pages, places, read }, id) {
  const known = read.get(id);
  if (known) return known;
  const [page = 0, place = '', heading = '', words = ''] = places[id] ?? [];
  const [, title = '', about = ''] = pages[page] ?? [];
  const lines = [heading || title, ...(place ? [] : [about]), ...words.split('\n').flatMap((line) => line.split(/(?<=[.!?]) (?=\p{Lu})/u))];
  const made = lines.map((said, at) => ({ said: at ? said : '', words: new Set(stems(said)) }));
  read.set(id, made);
  return made;
}

/** @param {Index} index @param {number} id @param {string} said @returns {Found} */
function result({ pages, places }, id, said) {
  const [page = 0, place = '', heading = '', words = ''] = places[id] ?? [];
  const [url = '', title = '', about = '', kind = ''] = pages[page] ?? [];
  return { url, place, title, heading, kind, text: said || (place ? words.split('\n')[0] ?? '' : about) };
}

/** A text split where a word of the query stands. @param {Index} index @param {string} text @param {string} query @returns {Part[]} */
export function marked(index, text, query) {
  const words = new Set(wants(index, query).flatMap(({ wordings }) => wordings.flatMap((wording) => wording.words)));
  const pieces = text.split(/([\p{L}\p{N}’']+)/u).map((said) => ({ said, match: words.has(stem(plain(said))) }));
  return pieces.filter(({ said }) => said);
}
