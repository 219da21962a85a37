/** What a tool shows beside its steps: the answers to check in words, the notes for the child's age, and the result. */

import { draw, sayIn } from './draw.mjs';
import { all, first, part, unhide } from './view.mjs';

/**
 * @typedef {import('./draw.mjs').Words} Words
 * @typedef {{key: string, slots: Record<string, Words>}} Line
 * @typedef {Record<string, import('./draw.mjs').Drawing>} Drawings
 */

/** The words of what is chosen, for the list of answers to check. @param {HTMLElement} root */
export function fillAnswers(root) {
  for (const place of all(root, '[data-answer]')) {
    const name = place.dataset.answer ?? '';
    place.textContent = answerTo(root, name) || answerTo(root, `${name}-instead`) || place.dataset.none || 'Not answered';
  }
}

/** @param {HTMLElement} root @param {string} name */
function answerTo(root, name) {
  const control = root.querySelector(`[name="${name}"]:checked, :is(select, textarea, input:not([type="radio"], [type="checkbox"]))[name="${name}"]`);
  return control instanceof HTMLElement ? wordsOf(root, control).trim().replace(/\s+/g, ' ') : '';
}

/** What a control says, as the page words it. @param {ParentNode} root @param {HTMLElement} control */
function wordsOf(root, control) {
  if (control instanceof HTMLSelectElement) return control.value ? (control.selectedOptions[0]?.textContent ?? '') : '';
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (!(control instanceof HTMLInputElement)) return '';
  if (!['radio', 'checkbox'].includes(control.type)) return control.value;
  if (!control.checked) return '';
  return control.name === 'cannot-tell' ? 'Ticked' : (first(root, `label[for="${control.id}"]`)?.textContent ?? '');
}

/** The rows that are filled in, for the list of answers to check. @param {HTMLElement} root @param {HTMLElement[]} rows */
export function fillRows(root, rows) {
  const lines = rows.map((row) => {
    const line = part(root, 'row-answer');
    let filled = false;
    for (const cell of all(line, '[data-cell]')) {
      const controls = all(row, `[data-column="${cell.dataset.cell}"]`);
      const words = controls.map((control) => wordsOf(row, control).trim()).filter(Boolean);
      filled ||= words.length > 0;
      cell.textContent = words.join(', ') || cell.dataset.none || '';
      const around = cell.closest('[data-cell-part]');
      if (around instanceof HTMLElement) around.hidden = !cell.textContent;
    }
    return filled ? line : '';
  });
  first(root, '[data-row-list]')?.replaceChildren(...lines);
}

/** What is said only for some answer is put away for the others: notes for an age, steps for a scene. @param {HTMLElement} root */
export function settle(root) {
  const age = first(root, 'input[name="age"]:checked');
  for (const note of all(root, '[data-age]')) note.hidden = !(age instanceof HTMLInputElement && note.dataset.age === age.value);
  for (const one of all(root, '[data-only]:not([data-step])')) one.hidden = !applies(root, one);
}

/** Whether something is for what is chosen: `data-only="name=value"`. @param {HTMLElement} root @param {HTMLElement} one */
export function applies(root, one) {
  const [name, value] = (one.dataset.only ?? '').split('=');
  return !name || root.querySelector(`[name="${name}"][value="${value}"]:checked`) !== null;
}

/** Show a result, or what changed over visits. @param {HTMLElement} place @param {{keys: string[], lines?: Line[]}} result @param {Drawings} drawings */
export function showResult(place, { keys, lines = [] }, drawings) {
  unhide(place, 'key', keys);
  for (const block of all(place, '[data-lines]')) {
    const template = block.querySelector('template[data-line]');
    const wanted = lines.filter(({ key }) => key === block.dataset.lines);
    const made = wanted.map((line) => (template instanceof HTMLTemplateElement ? fill(template, block, line) : ''));
    first(block, '[data-rows]')?.replaceChildren(...made);
    block.hidden = !made.length;
  }
  for (const figure of all(place, '[data-chart]')) {
    const drawing = drawings[figure.dataset.chart ?? ''];
    if (drawing) draw(figure, drawing);
    else figure.hidden = true;
  }
}

/** @param {HTMLTemplateElement} template @param {HTMLElement} place @param {Line} line */
function fill(template, place, { slots }) {
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const gap of all(made, '[data-fill]')) {
    const words = slots[gap.dataset.fill ?? ''];
    gap.textContent = words ? sayIn(place, words) : '';
  }
  return made;
}
