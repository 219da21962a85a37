/**
 * Search: a native dialog opened by its button, results as a plain list of links. The index is the one the site builder writes;
 * it and the library that searches it are fetched when the dialog first opens. Nothing typed leaves the page.
 *
 * @typedef {{location: string, title: string, text: string}} Entry
 * @typedef {import('./finding.mjs').Place} Place
 * @typedef {typeof import('./finding.mjs')} Finding
 * @typedef {{finding: Finding, index: ReturnType<Finding['indexed']>}} Ready
 */

const MOST = 20;

/** Make the search button work, if the page has a search. */
export function startSearch() {
  const dialog = document.querySelector('[data-search]');
  const opener = document.querySelector('[data-search-open]');
  const form = dialog?.querySelector('[data-search-form]');
  const words = dialog?.querySelector('[data-search-words]');
  if (!(dialog instanceof HTMLDialogElement) || !(opener instanceof HTMLButtonElement)) return;
  if (!(form instanceof HTMLFormElement) || !(words instanceof HTMLInputElement)) return;
  /** @type {Promise<Ready> | null} */
  let ready = null;
  const load = () => {
    ready ??= prepare(dialog.dataset.index ?? '').catch((error) => {
      ready = null;
      throw error;
    });
    return ready;
  };
  const search = async () => {
    try {
      const { finding, index } = await load();
      const query = words.value.trim();
      const { found, every } = finding.find(index, query);
      const items = found.slice(0, MOST).map((place) => ({ place, parts: finding.excerpt(place.text, query) }));
      show(dialog, items, query ? said(found.length, every, query) : '');
    } catch {
      show(dialog, [], 'Search could not be loaded. Try again, or use the menu.');
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

/** @param {number} count @param {boolean} every @param {string} words */
function said(count, every, words) {
  if (count === 0) return `Nothing found for “${words}”. Try fewer or other words.`;
  const first = count > MOST ? `, the first ${MOST} shown` : '';
  const results = `${count} ${count === 1 ? 'result' : 'results'}`;
  return every ? `${results} for “${words}”${first}` : `No page has all of “${words}”. ${results} with some of it${first}`;
}

/** @param {string} address @returns {Promise<Ready>} */
async function prepare(address) {
  const [finding, places] = await Promise.all([import('./finding.mjs'), read(address)]);
  return { finding, index: finding.indexed(places) };
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
    const [page = ''] = location.split('#');
    return { location, title: text(title), text: text(html), page: titles.get(page) ?? '' };
  });
}

/** @param {HTMLDialogElement} dialog @param {{place: Place, parts: import('./finding.mjs').Part[]}[]} items @param {string} status */
function show(dialog, items, status) {
  const base = new URL(`${dialog.dataset.base ?? '.'}/`, document.baseURI);
  const list = dialog.querySelector('[data-search-results]');
  const line = dialog.querySelector('[data-search-status]');
  if (line) line.textContent = status;
  list?.replaceChildren(...items.map(({ place, parts }) => result(place, base, parts)));
}

/** @param {Place} place @param {URL} base @param {import('./finding.mjs').Part[]} parts */
function result(place, base, parts) {
  const link = element('a', 'search__link', place.title);
  link.href = String(new URL(place.location, base));
  const item = element('li', 'search__result');
  item.append(link);
  if (place.page && place.page !== place.title) item.append(element('p', 'search__where', place.page));
  const text = element('p', 'search__text');
  for (const { said: part, match } of parts) {
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
