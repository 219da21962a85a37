/**
 * Search: a native dialog opened by its button, results as a plain list of links. The index is the one the site builder writes;
 * it is fetched when the dialog first opens. Nothing typed leaves the page.
 *
 * @typedef {{location: string, title: string, text: string}} Entry
 * @typedef {Entry & {words: string, head: string, page: string}} Place
 */

import { excerpt, find, plain } from './finding.mjs';

const MOST = 20;

/** Make the search button work, if the page has a search. */
export function startSearch() {
  const dialog = document.querySelector('[data-search]');
  const opener = document.querySelector('[data-search-open]');
  const form = dialog?.querySelector('[data-search-form]');
  const words = dialog?.querySelector('[data-search-words]');
  if (!(dialog instanceof HTMLDialogElement) || !(opener instanceof HTMLButtonElement)) return;
  if (!(form instanceof HTMLFormElement) || !(words instanceof HTMLInputElement)) return;
  /** @type {Promise<Place[]> | null} */
  let places = null;
  const load = () => {
    places ??= read(dialog.dataset.index ?? '').catch((error) => {
      places = null;
      throw error;
    });
    return places;
  };
  const search = async () => {
    if (!plain(words.value)) return show(dialog, [], '', words.value);
    try {
      const found = find(await load(), words.value);
      show(dialog, found.slice(0, MOST), said(found.length, words.value.trim()), words.value);
    } catch {
      show(dialog, [], 'Search could not be loaded. Try again, or use the menu.', words.value);
    }
  };
  opener.hidden = false;
  opener.addEventListener('click', () => {
    dialog.showModal();
    words.focus();
    words.select();
    load().catch(() => undefined);
  });
  dialog.querySelector('[data-search-close]')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a');
    if (event.target === dialog || link) dialog.close();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await search();
  });
}

/** @param {number} count @param {string} words */
function said(count, words) {
  if (count === 0) return `Nothing found for “${words}”. Try fewer or other words.`;
  const first = count > MOST ? `, the first ${MOST} shown` : '';
  return `${count} ${count === 1 ? 'result' : 'results'} for “${words}”${first}`;
}

/** @param {string} address @returns {Promise<Place[]>} */
async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`search index: ${response.status}`);
  const { docs } = /** @type {{docs: Entry[]}} */ (await response.json());
  const parser = new DOMParser();
  /** @param {string} html */
  const text = (html) => parser.parseFromString(html.replaceAll('<', ' <'), 'text/html').body.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const titles = new Map(docs.filter(({ location }) => !location.includes('#')).map(({ location, title }) => [location, text(title)]));
  return docs.map(({ location, title, text: html }) => {
    const [address = ''] = location.split('#');
    const body = text(html);
    return { location, title: text(title), text: body, words: plain(body), head: plain(text(title)), page: titles.get(address) ?? '' };
  });
}

/** @param {HTMLDialogElement} dialog @param {Place[]} found @param {string} status @param {string} words */
function show(dialog, found, status, words) {
  const base = new URL(`${dialog.dataset.base ?? '.'}/`, document.baseURI);
  const list = dialog.querySelector('[data-search-results]');
  const line = dialog.querySelector('[data-search-status]');
  if (line) line.textContent = status;
  list?.replaceChildren(...found.map((place) => result(place, base, words)));
}

/** @param {Place} place @param {URL} base @param {string} words */
function result(place, base, words) {
  const link = element('a', 'search__link', place.title);
  link.href = String(new URL(place.location, base));
  const item = element('li', 'search__result');
  item.append(link);
  if (place.page && place.page !== place.title) item.append(element('p', 'search__where', place.page));
  const text = element('p', 'search__text');
  for (const { said: part, match } of excerpt(place.text, words)) {
    text.append(match ? element('mark', '', part) : part);
  }
  if (text.textContent) item.append(text);
  return item;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} name @param {string} [words]
 */
function element(tag, name, words = '') {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = words;
  return made;
}
