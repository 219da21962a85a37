/**
 * The last step of a module: what an attempt came to. Which blocks belong to which mode is said in the page; the engine says which of the rest
 * apply.
 *
 * @typedef {import('./view-question.mjs').Mark} Mark
 * @typedef {{shared: Record<string, string[]>, route: string, keys: string[]}} Summary
 * @typedef {{mode: string, form: string[], earlier: string[], marks: Record<string, Mark>, met: Set<string>, sureWrong: string[],
 *   summary: Summary, chart: import('./draw.mjs').Drawing, slots: Record<string, string | number>}} Result
 *   `earlier` are the questions of the before form, shown with those of the after form
 */

import { draw } from './draw.mjs';
import { all, fillSlots, first, part, unhide } from './view.mjs';

const COUNTS = ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** @param {HTMLElement} step the last step @param {Result} result */
export function showResult(step, result) {
  const block = first(step, '[data-result]');
  if (!block) return;
  block.hidden = false;
  unhide(block, 'key', result.summary.keys);
  unhide(block, 'route', [result.summary.route]);
  fillSlots(block, result.slots);
  showList(block, result);
  const wrong = new Set(result.sureWrong);
  for (const one of all(block, '[data-sure-item]')) one.hidden = !wrong.has(one.dataset.sureItem ?? '');
  for (const one of all(block, '[data-sure-summary]')) one.hidden = !wrong.size;
  showShared(block, result.summary.shared);
  const chart = first(block, '[data-chart]');
  if (chart) draw(chart, result.chart);
  for (const one of all(step, '[data-for]')) {
    const fits = one.dataset.for?.split(' ').includes(result.mode);
    if (!fits) one.hidden = true;
    else if (!('key' in one.dataset)) one.hidden = false;
  }
}

/** No result to show: it has not been asked for, or nothing could be marked. @param {HTMLElement} step */
export function hideResult(step) {
  for (const block of all(step, '[data-result]')) block.hidden = true;
}

/** @param {HTMLElement} block @param {Result} result */
function showList(block, { form, earlier, marks, met }) {
  const rows = [...form, ...earlier].map((id, index) => {
    const number = index < form.length ? String(index + 1) : `${index - form.length + 1}, before`;
    for (const place of all(block, `[data-place="${id}"]`)) place.textContent = number;
    const row = part(block, 'listed');
    const link = row.querySelector('a');
    const mark = marks[id];
    if (link) link.href = `#${id}`;
    for (const place of all(row, '[data-number]')) place.textContent = number;
    unhide(row, 'state', [mark && !mark.problem ? mark.state : 'unanswered']);
    for (const said of all(row, '[data-met]')) said.hidden = !met.has(id);
    return row;
  });
  first(block, '[data-list]')?.replaceChildren(...rows);
}

/** The belief that most answers share, and no more than two. @param {HTMLElement} block @param {Record<string, string[]>} shared */
function showShared(block, shared) {
  const often = Object.entries(shared)
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, 2);
  const counts = Object.fromEntries(often.map(([belief, ids]) => [belief, ids.length]));
  for (const one of all(block, '[data-shared]')) {
    const count = counts[one.dataset.shared ?? ''];
    one.hidden = !count;
    for (const place of all(one, '[data-shared-count]')) place.textContent = COUNTS[count ?? 0] ?? String(count);
  }
  for (const one of all(block, '[data-shared-summary]')) one.hidden = !often.length;
}
