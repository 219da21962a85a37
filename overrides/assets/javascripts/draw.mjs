/**
 * A drawing that the engine describes, put on the page: shapes become SVG, and the same in words becomes a table under it. The words are those
 * that the page holds for their keys. Only plain shapes, places and sizes get through, whatever the description says.
 *
 * @typedef {{key: string, text: string, day: string}} Words
 * @typedef {{shape: string, look: string, at: Record<string, number | string>, words: Words | null}} Shape
 * @typedef {{width: number, height: number, shapes: Shape[], head: Words[], rows: Words[][]}} Drawing
 */

import { long } from './days.mjs';

const SPACE = 'http://www.w3.org/2000/svg';
const SHAPES = ['rect', 'line', 'circle', 'path', 'text'];
const PLACES = ['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'width', 'height', 'd'];

/** How wide a drawing may be here. @param {Element | null | undefined} figure */
export function room(figure) {
  const width = figure?.parentElement?.clientWidth ?? 0;
  return width || 640;
}

/** Draw it in its figure, in place of what was drawn before. @param {HTMLElement} figure @param {Drawing} drawing */
export function draw(figure, drawing) {
  const said = (/** @type {Words} */ words) => sayIn(figure, words);
  for (const old of figure.querySelectorAll('[data-drawn]')) old.remove();
  figure.append(...(drawing.shapes.length ? [picture(drawing, said)] : []), table(drawing, said));
  figure.hidden = drawing.rows.length === 0;
}

/**
 * Words as the page has them for a key, nearest first: in the figure, or in the module or tool. A day is written out; else the text itself.
 * @param {Element} place @param {Words} words
 */
export function sayIn(place, { key, text, day }) {
  if (day) return `${text}${long(day)}`;
  for (const page of [place, place.closest('[data-quiz]')]) {
    const template = page?.querySelector('template[data-chart-words]');
    const found = key && template instanceof HTMLTemplateElement ? template.content.querySelector(`[data-word="${CSS.escape(key)}"]`) : null;
    if (found) return `${found.textContent ?? ''}${text}`;
  }
  return text;
}

/** @param {Drawing} drawing @param {(words: Words) => string} said */
function picture({ width, height, shapes }, said) {
  const svg = document.createElementNS(SPACE, 'svg');
  svg.setAttribute('viewBox', `0 0 ${Number(width)} ${Number(height)}`);
  svg.setAttribute('class', 'chart__picture');
  svg.setAttribute('width', String(Number(width)));
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  svg.dataset.drawn = '';
  for (const one of shapes) {
    if (!SHAPES.includes(one.shape)) continue;
    const shape = document.createElementNS(SPACE, one.shape);
    shape.setAttribute('class', `chart__${one.look}`);
    for (const place of PLACES) if (place in one.at) shape.setAttribute(place, String(one.at[place]));
    if (one.words) shape.textContent = said(one.words);
    svg.append(shape);
  }
  return svg;
}

/** @param {Drawing} drawing @param {(words: Words) => string} said */
function table({ head, rows }, said) {
  const box = document.createElement('div');
  box.className = 'chart__table';
  box.dataset.drawn = '';
  box.tabIndex = 0; // a wide one scrolls on a phone
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', head.map(said).filter(Boolean).join(', '));
  const made = document.createElement('table');
  const line = made.createTHead().insertRow();
  for (const words of head) line.append(cell('th', said(words), 'col'));
  const body = made.createTBody();
  for (const row of rows) {
    const made = body.insertRow();
    row.forEach((words, at) => {
      const one = at ? cell('td', said(words)) : cell('th', said(words), 'row');
      one.dataset.head = said(head[at] ?? words); // on a phone each row is a card, and says it itself
      made.append(one);
    });
  }
  box.append(made);
  return box;
}

/** @param {'td' | 'th'} name @param {string} text @param {string} [scope] */
function cell(name, text, scope) {
  const made = document.createElement(name);
  made.textContent = text;
  if (scope && made instanceof HTMLTableCellElement) made.scope = scope;
  return made;
}
