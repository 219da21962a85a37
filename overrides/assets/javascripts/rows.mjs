/**
 * A table of a tool's form: rows to add, take out and put back, by pointer or by keyboard alone. What a column holds is the page's.
 *
 * @typedef {Record<string, string[]>} Row values by column
 */

import { all, first, part } from './view.mjs';

const UNDOABLE = 100;

export class Rows {
  /** @param {HTMLElement} root @param {HTMLElement} table */
  constructor(root, table) {
    this.root = root;
    this.table = table;
    this.least = Number(table.dataset.least);
    this.most = Number(table.dataset.most);
    this.made = 0;
    /** @type {Row[][]} what there was before each change */
    this.past = [];
    this.typing = false;
    root.addEventListener('click', (event) => this.click(event));
    table.addEventListener('input', (event) => (this.typing = event.target instanceof HTMLInputElement && event.target.type === 'text'));
    table.addEventListener('change', (event) => this.changed(event));
    if ('keys' in table.dataset) root.addEventListener('keydown', (event) => this.key(event));
    this.write([]);
  }

  /** @returns {HTMLElement[]} */
  rows() {
    return all(this.table, '[data-row]');
  }

  /** What is filled in, row by row, blank rows too. @returns {Row[]} */
  read() {
    return this.rows().map(readRow);
  }

  /** Put rows in place of what is there. @param {Row[]} rows */
  write(rows) {
    const blank = Array.from({ length: this.least - rows.length }, () => ({}));
    this.table.replaceChildren();
    this.table.append(...[...rows.slice(0, this.most), ...blank].map((row) => this.make(row))); // at once: each would have to pass by all before it
    this.settle();
  }

  /** Put rows after those that are filled in; what is blank goes. @param {Row[]} rows @returns {number} how many there was room for */
  append(rows) {
    this.remember();
    const filled = this.read().filter((row) => !isBlank(row));
    this.write([...filled, ...rows]);
    return Math.min(rows.length, this.most - filled.length);
  }

  /** Put what is typed out of sight, as a person does who hands the device on. */
  lockAll() {
    for (const row of this.rows()) if (first(row, '[data-lock]') && !isBlank(readRow(row))) lock(row, true);
  }

  /** Show a row that is out of sight: something in it has to be mended. @param {HTMLElement} row */
  reveal(row) {
    if (first(row, '[data-secret]')) lock(row, false);
  }

  /** @param {Row} values @returns {DocumentFragment} a row for the end of the table */
  make(values) {
    const made = part(this.root, 'row');
    const number = String((this.made += 1));
    for (const one of made.querySelectorAll('[id], [for], [name], [aria-labelledby]')) {
      for (const name of ['id', 'for', 'name', 'aria-labelledby']) {
        const written = one.getAttribute(name);
        if (written) one.setAttribute(name, written.replace('__n__', number));
      }
    }
    writeRow(made, values);
    return made;
  }

  settle() {
    const rows = this.rows();
    rows.forEach((row, index) => {
      for (const place of all(row, '[data-row-number]')) place.textContent = String(index + 1);
      for (const button of all(row, '[data-remove]')) button.hidden = rows.length <= 1;
    });
    for (const button of this.buttons('[data-add]')) button.disabled = rows.length >= this.most;
    for (const button of this.buttons('[data-undo]')) button.disabled = !this.past.length;
    this.before = this.read();
  }

  /** @param {string} selector */
  buttons(selector) {
    return all(this.root, selector).filter((found) => found instanceof HTMLButtonElement);
  }

  remember() {
    this.past = [...this.past, this.read()].slice(-UNDOABLE);
    this.typing = false;
  }

  /** @param {Event} event */
  changed(event) {
    this.typing = false;
    if (!(event.target instanceof Element && event.target.closest('[data-row]'))) return;
    if (this.before) this.past = [...this.past, this.before].slice(-UNDOABLE);
    this.settle();
  }

  /** @param {string} words */
  say(words) {
    const status = first(this.root, '[data-rows-status]');
    if (status) status.textContent = words;
  }

  add() {
    if (this.rows().length >= this.most) return;
    this.remember();
    this.table.append(this.make({}));
    this.settle();
    this.told();
    this.focus(this.rows().length - 1);
  }

  /** @param {HTMLElement} row @param {string} [column] where the focus goes in the row that takes its place */
  remove(row, column) {
    const place = this.rows().indexOf(row);
    if (place < 0 || this.rows().length <= 1) return;
    this.remember();
    row.remove();
    this.settle();
    this.told();
    this.say(`Row ${place + 1} is out. Undo puts it back.`);
    this.focus(Math.min(place, this.rows().length - 1), column);
  }

  undo() {
    const last = this.past.pop();
    if (!last) return;
    const place = this.rows().findIndex((row) => row.contains(document.activeElement));
    const column = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.column : undefined;
    this.write(last);
    this.told();
    this.say('The last change is undone.');
    if (place >= 0) this.focus(Math.min(place, this.rows().length - 1), column);
  }

  /** @param {number} place @param {string} [column] */
  focus(place, column) {
    const row = this.rows()[place];
    if (row) (first(row, `[data-column="${column ?? ''}"]`) ?? first(row, '[data-column]'))?.focus();
  }

  /** What is filled in is no longer what it was. */
  told() {
    this.table.dispatchEvent(new CustomEvent('rows', { bubbles: true }));
  }

  /** @param {Event} event */
  click(event) {
    const button = event.target instanceof Element && event.target.closest('button');
    if (!(button instanceof HTMLElement)) return;
    const row = button.closest('[data-row]');
    if ('add' in button.dataset) this.add();
    else if ('undo' in button.dataset) this.undo();
    else if ('remove' in button.dataset && row instanceof HTMLElement) this.remove(row);
    else if ('lock' in button.dataset && row instanceof HTMLElement) lockByHand(row);
    else if ('unlock' in button.dataset && row instanceof HTMLElement) {
      clear(row); // whoever holds the device now may not be the one who chose
      lock(row, false);
      this.settle();
      this.told();
      first(row, '[data-secret] [data-column]')?.focus();
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const control = event.target instanceof HTMLElement ? event.target : undefined;
    const row = control?.closest('[data-row]');
    const bare = !event.altKey && !event.shiftKey;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === 'Delete' && bare && row instanceof HTMLElement) this.remove(row, control?.dataset.column);
      else if (event.key === 'z' && bare && !this.typing && this.past.length && !(control instanceof HTMLTextAreaElement)) this.undo();
      else return;
    } else if (event.key === 'Enter' && bare && row instanceof HTMLElement && control?.dataset.column) this.next(row);
    else return;
    event.preventDefault();
  }

  /** Go to the row below, made if there is none. @param {HTMLElement} row */
  next(row) {
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur(); // so that what is typed counts as changed first
    const place = this.rows().indexOf(row);
    if (place === this.rows().length - 1) this.add();
    else this.focus(place + 1);
  }
}

/** Hide a number once it is whole; else go to what is missing. @param {HTMLElement} row */
function lockByHand(row) {
  const empty = all(row, '[data-column]').find((one) => one instanceof HTMLSelectElement && one.value === '');
  const number = first(row, '[data-column="number"]');
  const asked = number instanceof HTMLSelectElement && number.value !== 'none';
  if (empty && (asked || empty.dataset.column !== 'known')) return empty.focus();
  lock(row, true);
  return first(row, '[data-locked]')?.focus();
}

/** @param {HTMLElement} row */
function clear(row) {
  for (const one of all(row, '[data-secret] [data-column]')) if (one instanceof HTMLSelectElement) one.value = '';
}

/** @param {HTMLElement} row @param {boolean} on */
function lock(row, on) {
  for (const one of all(row, '[data-secret], [data-lock]')) one.hidden = on;
  for (const one of all(row, '[data-locked], [data-unlock]')) one.hidden = !on;
}

/** @param {HTMLElement} row @returns {Row} */
function readRow(row) {
  /** @type {Row} */
  const values = {};
  for (const control of columns(row)) {
    const found = (values[control.dataset.column ?? ''] ??= []);
    const chosen = !(control instanceof HTMLInputElement && control.type === 'checkbox') || control.checked;
    if (chosen && control.value.trim()) found.push(control.value);
  }
  return values;
}

/** @param {ParentNode} row @param {Row} values */
function writeRow(row, values) {
  for (const control of columns(row)) {
    const given = values[control.dataset.column ?? ''] ?? [];
    if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = given.includes(control.value);
    else if (given[0]) control.value = given[0];
  }
}

/** @param {ParentNode} row */
function columns(row) {
  return /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (row.querySelectorAll('[data-column]'));
}

/** @param {Row} row */
function isBlank(row) {
  return Object.values(row).every((values) => !values.length);
}
