/**
 * Finding words in texts, with no page in it: which places hold every word asked for, in what order, and the lines around the
 * first match. Words match from their beginning and without their common endings, so "missed" finds "missing".
 *
 * @typedef {{said: string, match: boolean}} Part
 */

const SMALL = new Set('a an and are as at be by do does for from how i if in is it my of on or should that the this to what when who with'.split(' '));
const AROUND = 80;

/** Lower case, letters and figures only, one space between. @param {string} text */
export function plain(text) {
  return text.toLowerCase().replace(/[’']/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** The beginnings to look for: without small words unless there is nothing else. @param {string} query */
export function terms(query) {
  const all = plain(query).split(' ').filter(Boolean);
  const telling = all.filter((word) => !SMALL.has(word));
  return (telling.length ? telling : all).map(stem);
}

/** @param {string} word */
function stem(word) {
  if (word.length < 5) return word;
  const short = word.replace(/(?:ations?|ings?|edly|ed|ies|es|ly|s|y|e)$/u, '');
  return short.length < 4 ? word : short;
}

/**
 * The places that hold every term, best first: a word in the title counts most, then how often it is said.
 * @template {{head: string, words: string, location: string}} Place
 * @param {Place[]} places @param {string} query @returns {Place[]}
 */
export function find(places, query) {
  const wanted = terms(query);
  if (!wanted.length) return [];
  return places
    .map((place) => ({ place, score: score(place, wanted) }))
    .filter(({ score: points }) => points > 0)
    .sort((one, other) => other.score - one.score || one.place.location.localeCompare(other.place.location))
    .map(({ place }) => place);
}

/** @param {{head: string, words: string, location: string}} place @param {string[]} wanted */
function score(place, wanted) {
  let points = place.location.includes('#') ? 0 : 2;
  for (const term of wanted) {
    const title = said(place.head, term);
    const text = said(place.words, term);
    if (!title && !text) return 0;
    points += 10 * Math.min(title, 1) + Math.min(text, 5);
  }
  return points;
}

/** How often words that begin with the term are said. @param {string} text @param {string} term */
function said(text, term) {
  return ` ${text}`.split(` ${term}`).length - 1;
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
  return parts.filter(({ said: words_ }) => words_);
}
