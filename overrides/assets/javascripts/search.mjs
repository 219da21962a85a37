/**
 * Search: a native dialog opened by its button, results as a plain list of links that follow the typing. The index is made at build
 * (`search/index.json`); it and the library that searches it are fetched when the dialog first opens. Nothing typed leaves the page.
 *
 * @typedef {import('./finding.mjs').Found} Found
 * @typedef {typeof import('./finding.mjs')} Finding
 * @typedef {{finding: Finding, index: ReturnType<Finding['indexed']>}} Ready
 */

const MOST = 12;
/** How long typing has to rest before the number of results is said aloud: milliseconds. */
const PAUSE = 700;
/** What a result is, where that is not plain from its title. @type {Record<string, string>} */
const KINDS = { tool: 'Tool', module: 'Training', briefing: 'Briefing', poster: 'Poster', document: 'Source document', editors: 'For editors' };

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
  let pause = 0;
  const load = () => {
    ready ??= prepare(dialog.dataset.index ?? '').catch((error) => {
      ready = null;
      throw error;
    });
    return ready;
  };
  const search = async () => {
    clearTimeout(pause);
    const query = words.value.trim();
    try {
      const { finding, index } = await load();
      if (query !== words.value.trim()) return;
      const { found, every } = finding.find(index, query);
      show(dialog, found.slice(0, MOST).map((place) => ({ place, parts: finding.marked(index, place.text, query) })));
      pause = window.setTimeout(() => tell(dialog, query ? said(found.length, every, query) : ''), PAUSE);
    } catch {
      show(dialog, []);
      tell(dialog, 'Search could not be loaded. Try again, or use the menu.');
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
  words.addEventListener('input', search);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search();
  });
}

/** @param {number} count @param {boolean} every @param {string} words */
function said(count, every, words) {
  if (count === 0) return `Nothing found for “${words}”. Try fewer or other words.`;
  const first = count > MOST ? `, the first ${MOST} shown` : '';
  const results = `${count} ${count === 1 ? 'page' : 'pages'}`;
  return every ? `${results} for “${words}”${first}` : `No page has all of “${words}”. ${results} with some of it${first}`;
}

/** @param {string} address @returns {Promise<Ready>} */
async function prepare(address) {
  const [finding, response] = await Promise.all([import('./finding.mjs'), fetch(address)]);
  if (!response.ok) throw new Error(`search index: ${response.status}`);
  return { finding, index: finding.indexed(await response.json()) };
}

/** @param {HTMLDialogElement} dialog @param {string} status */
function tell(dialog, status) {
  const line = dialog.querySelector('[data-search-status]');
  if (line) line.textContent = status;
}

/** @param {HTMLDialogElement} dialog @param {{place: Found, parts: import('./finding.mjs').Part[]}[]} items */
function show(dialog, items) {
  const base = new URL(`${dialog.dataset.base ?? '.'}/`, document.baseURI);
  dialog.querySelector('[data-search-results]')?.replaceChildren(...items.map(({ place, parts }) => result(place, base, parts)));
}

/** @param {Found} place @param {URL} base @param {import('./finding.mjs').Part[]} parts */
function result(place, base, parts) {
  const link = element('a', 'search__link', place.title);
  link.href = String(new URL(place.url + place.place, base));
  const item = element('li', 'search__result');
  item.append(link);
  const kind = KINDS[place.kind];
  if (kind) item.append(' ', element('strong', 'tag tag--quiet', kind));
  if (place.heading && place.heading !== place.title) item.append(element('p', 'search__where', place.heading));
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
