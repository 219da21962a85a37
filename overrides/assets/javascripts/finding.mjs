/**
 * Finding words in texts, with no page in it. MiniSearch does the finding: by the beginning of a word, and forgiving a slip of the
 * keyboard. This says what counts as a word here, what weighs more, and which lines around the first match to show.
 *
 * @typedef {{said: string, match: boolean}} Part
 * @typedef {{location: string, title: string, text: string, page: string}} Place
 */

import Library from './minisearch.mjs';

/** @type {typeof import('minisearch').default} */
const MiniSearch = /** @type {any} */ (Library);

const SMALL = new Set('a an and are as at be by do does for from how i if in is it my of on or should that the this to what when who with'.split(' '));
const AROUND = 80;

/** Lower case, letters and figures only, one space between. @param {string} text */
export function plain(text) {
  return text.toLowerCase().replace(/[’']/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** A word without its common ending, so that "missed" finds "missing"; nothing for words that tell nothing. @param {string} word */
function stem(word) {
  if (SMALL.has(word)) return null;
  const short = word.length < 5 ? word : word.replace(/(?:ations?|ings?|edly|ed|ies|es|ly|s|y|e)$/u, '');
  return short.length < 4 ? word : short;
}

/** @param {string} query @returns {string[]} */
function terms(query) {
  return plain(query).split(' ').flatMap((word) => stem(word) || []);
}

/** A whole page before its parts, and pages for readers before pages for editors. @param {string} location */
function weight(location) {
  return (location.includes('#') ? 1 : 1.5) * (location.startsWith('contribute/') ? 0.3 : 1);
}

/**
 * An index of places: a title weighs most, then the name of the page, then the words.
 * @param {Place[]} places
 */
export function indexed(places) {
  const index = new MiniSearch({
    idField: 'location',
    fields: ['title', 'page', 'text'],
    storeFields: ['location', 'title', 'text', 'page'],
    tokenize: (text) => plain(text).split(' '),
    processTerm: stem,
    searchOptions: {
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      boost: { title: 6, page: 2 },
      boostDocument: weight,
    },
  });
  index.addAll(places);
  return index;
}

/**
 * The places that hold every word or, where none does, those that hold some; best first. `every` says which of the two it is.
 * @param {ReturnType<typeof indexed>} index @param {string} query @returns {{found: Place[], every: boolean}}
 */
export function find(index, query) {
  const all = index.search(query, { combineWith: 'AND' });
  const found = all.length ? all : index.search(query);
  return { found: /** @type {any[]} */ (found), every: all.length > 0 };
}

/** The words around the first match, split where a match is. @param {string} text @param {string} query @returns {Part[]} */
export function excerpt(text, query) {
  const any = terms(query).join('|');
  if (!any || !text) return [];
  const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})[\\p{L}\\p{N}’']*`, 'giu');
  const at = Math.max(0, text.search(words));
  const from = at > AROUND ? text.indexOf(' ', at - AROUND) + 1 : 0;
  const end = text.lastIndexOf(' ', from + 3 * AROUND);
  const to = text.length <= from + 3 * AROUND || end <= at ? text.length : end;
  const part = `${from ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
  const parts = [];
  let done = 0;
  for (const match of part.matchAll(words)) {
    parts.push({ said: part.slice(done, match.index), match: false }, { said: match[0], match: true });
    done = match.index + match[0].length;
  }
  parts.push({ said: part.slice(done), match: false });
  return parts.filter(({ said }) => said);
}
