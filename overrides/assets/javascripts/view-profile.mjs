/**
 * What the data profile shows: how the reading went, and for each indicator with counts its chart, its table and what is said of it. All words are
 * in the page already.
 *
 * @typedef {{line: number, column: string, key: string, found: string}} Problem
 * @typedef {{indicators: Record<string, import('./view-tool.mjs').Line[]>, drawings: import('./view-tool.mjs').Drawings, read: number,
 *   problems: Problem[], dropped: string[], saved: string}} Reply
 */

import { all, first, part, unhide } from './view.mjs';
import { showResult } from './view-tool.mjs';

/** The most problems that are listed: nobody mends more in one go. */
const MOST = 50;

/** Put the results away: every indicator is to be read again, and none has a chart. @param {HTMLElement} root */
export function clear(root) {
  for (const one of all(root, '[data-results], [data-invented]')) one.hidden = true;
  for (const one of all(root, '[data-indicator], [data-group]')) one.hidden = false;
  for (const one of all(root, '[data-indicator] :is([data-said], [data-chart])')) one.hidden = true;
}

/** @param {HTMLElement} root @param {Reply} reply @param {boolean} invented */
export function show(root, { indicators, drawings, read, problems, dropped }, invented) {
  for (const section of all(root, '[data-indicator]')) {
    const lines = indicators[section.dataset.indicator ?? ''];
    section.hidden = read > 0 && !lines;
    const said = first(section, '[data-said]');
    if (!lines || !said) continue;
    said.replaceChildren(part(root, 'said'));
    said.hidden = false;
    showResult(section, { keys: [], lines }, drawings);
  }
  for (const group of all(root, '[data-group]')) group.hidden = all(group, '[data-indicator]').every((one) => one.hidden);
  for (const one of all(root, '[data-results]')) one.hidden = !read;
  for (const one of all(root, '[data-invented]')) one.hidden = !invented;
  tell(root, [read ? 'read' : 'none', ...(dropped.length ? ['dropped'] : []), ...(problems.length ? ['problems'] : [])], { read, problems, dropped });
}

/**
 * Say how the reading went, and move there.
 * @param {HTMLElement} root @param {string[]} states @param {Pick<Reply, 'read' | 'problems' | 'dropped'>} [reply]
 */
export function tell(root, states, { read, problems, dropped } = { read: 0, problems: [], dropped: [] }) {
  const told = first(root, '[data-told]');
  if (!told) return;
  unhide(told, 'told-state', states);
  for (const place of all(told, '[data-told-count]')) place.textContent = read === 1 ? '1 row was read' : `${read.toLocaleString('en-GB')} rows were read`;
  for (const place of all(told, '[data-told-columns]')) place.textContent = dropped.join(', ');
  for (const place of all(told, '[data-told-rest]')) place.textContent = String(problems.length - MOST);
  for (const place of all(told, '[data-told-more]')) place.hidden = problems.length <= MOST;
  first(told, '[data-rows]')?.replaceChildren(...problems.slice(0, MOST).map((problem) => line(told, problem)));
  told.hidden = false;
  told.focus();
}

/** @param {HTMLElement} told @param {Problem} problem */
function line(told, { line: number, column, key, found }) {
  const made = part(told, 'problem');
  const words = told.querySelector('template[data-told-words]');
  const say = (/** @type {string} */ name) => (words instanceof HTMLTemplateElement ? (first(words.content, `[data-word="${name}"]`)?.textContent ?? '') : '');
  const quoted = key === 'repeated' ? `(line ${found})` : found ? `(found “${found}”)` : '';
  const cells = { line: String(number), what: say(key) || say(`${key}:${column}`), found: quoted };
  for (const [name, text] of Object.entries(cells)) for (const place of all(made, `[data-cell="${name}"]`)) place.textContent = text;
  return made;
}
