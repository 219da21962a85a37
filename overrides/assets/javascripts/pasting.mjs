/** Rows that come from a spreadsheet: the engine reads the text, the good rows are added, and what is wrong is said of each of the others. */

import { all, first, part, unhide } from './view.mjs';

/**
 * @typedef {{row: number, column: string, key: string, found: string}} Wrong
 * @typedef {{rows: import('./rows.mjs').Row[], problems: Wrong[], dropped: string[], rest: string}} Pasted
 */

/** The words that the page has for each choice of each column. @param {HTMLElement} root */
export function offeredWords(root) {
  const template = root.querySelector('template[data-part="row"]');
  const selects = template instanceof HTMLTemplateElement ? all(template.content, 'select[data-column]') : [];
  return Object.fromEntries(selects.map((select) => [select.dataset.column, wordsOf(select)]));
}

/** @param {HTMLElement} select */
function wordsOf(select) {
  if (!(select instanceof HTMLSelectElement)) return {};
  return Object.fromEntries([...select.options].filter((one) => one.value).map((one) => [one.value, [one.text]]));
}

/** Say what came of it, and move there. @param {HTMLElement} root @param {string} state @param {Pasted} [pasted] @param {number} [added] */
export function showPasted(root, state, pasted, added = 0) {
  const told = first(root, '[data-pasted]');
  if (!told) return;
  const problems = pasted?.problems ?? [];
  const dropped = pasted?.dropped ?? [];
  unhide(told, 'pasted-state', [state, ...(problems.length ? ['problems'] : []), ...(pasted && added < pasted.rows.length ? ['full'] : [])]);
  for (const place of all(told, '[data-pasted-count]')) place.textContent = added === 1 ? '1 row was' : `${added} rows were`;
  for (const place of all(told, '[data-pasted-dropped]')) place.hidden = !dropped.length;
  for (const place of all(told, '[data-pasted-columns]')) place.textContent = dropped.join(', ');
  first(told, '[data-rows]')?.replaceChildren(...problems.map((problem) => line(root, told, problem)));
  told.hidden = false;
  told.focus();
}

/** @param {HTMLElement} root @param {HTMLElement} told @param {Wrong} problem */
function line(root, told, { row, column, key, found }) {
  const made = part(told, 'pasted');
  const words = told.querySelector('template[data-paste-words]');
  const say = (/** @type {string} */ name) => (words instanceof HTMLTemplateElement ? (first(words.content, `[data-word="${name}"]`)?.textContent ?? '') : '');
  const head = root.querySelector('template[data-chart-words]');
  const named = head instanceof HTMLTemplateElement ? first(head.content, `[data-word="${column}"]`)?.textContent : '';
  const cells = { row: String(row), what: `${say(key)} “${named || column}”`, found: found ? `(found “${found}”)` : '' };
  for (const [name, text] of Object.entries(cells)) for (const place of all(made, `[data-cell="${name}"]`)) place.textContent = text;
  return made;
}
