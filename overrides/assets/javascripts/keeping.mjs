/**
 * Keeping on this device: what was asked to be kept, when it goes, and the buttons that say Save and Delete everything, wherever a page has
 * them. Until Save is pressed nothing is written; from then on what is put here is kept at once.
 *
 * @typedef {import('./storage.mjs').Kept} Kept
 */

import { day, long } from './days.mjs';
import { download } from './files.mjs';
import { erase, read, write, watch, KEPT_DAYS, SCHEMA } from './storage.mjs';

/** @type {Set<() => void>} */
const savers = new Set();
/** @type {Set<() => void>} */
const listeners = new Set();
let started = false;
/** How writing went the last time, and what the page says. */
let written = 'kept';
let shown = '';
/** Whether everything was deleted while this page was open: nothing of it is written again before Save is pressed here. */
let forgotten = false;

/** What is kept, or nothing. @returns {Kept | undefined} */
export function kept() {
  return read(day()).record;
}

/** Whether Save has been pressed and not undone, and there was room for all that was put here. */
export function isKeeping() {
  return standing() === 'kept';
}

/**
 * Change what is kept, if anything is: another tab may have written since, so it is read again first.
 * @param {(record: Kept) => void} change @returns {boolean} whether it is kept now
 */
export function put(change) {
  const { found, record } = read(day());
  if (found === 'kept' && record && !forgotten) show(store(record, change));
  else if (shown === 'kept') refresh(); // the browser itself may have forgotten it
  return isKeeping();
}

/** How things stand for this page. */
function standing() {
  const { found } = read(day());
  return found !== 'kept' ? found : forgotten ? 'apart' : written;
}

/** Called when Save is pressed: put here what there is to keep. @param {() => void} saver */
export function onSave(saver) {
  savers.add(saver);
}

/** Called when what is kept has changed, here or in another tab. @param {() => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}

/** Make the buttons work and say how things stand. */
export function startKeeping() {
  if (started) return;
  started = true;
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('button');
    if (button) press(button);
  });
  watch((gone) => {
    forgotten ||= gone && savers.size > 0;
    refresh();
  });
  addEventListener('pageshow', (event) => event.persisted && refresh()); // while it lay in the browser's memory it was told nothing
  refresh();
}

/** @param {HTMLButtonElement} button */
function press(button) {
  const panel = button.closest('[data-keeping]');
  if (!panel) return;
  const sure = button.closest('[data-kept]')?.querySelector('[data-delete-sure]');
  if ('save' in button.dataset) save(panel);
  else if ('downloadKept' in button.dataset) download('kept-on-this-device.json', read(day()).text ?? '', 'application/json');
  else if ('delete' in button.dataset && sure instanceof HTMLElement) ask(sure);
  else if ('deleteNo' in button.dataset && sure instanceof HTMLElement) {
    sure.hidden = true;
    /** @type {HTMLElement | null} */ (button.closest('[data-kept]')?.querySelector('[data-delete]') ?? null)?.focus();
  } else if ('deleteYes' in button.dataset) {
    erase();
    forgotten = savers.size > 0;
    refresh('gone', panel);
  }
}

/** @param {HTMLElement} sure */
function ask(sure) {
  sure.hidden = false;
  const words = sure.querySelector('[data-delete-words]');
  if (words instanceof HTMLElement) words.focus();
}

/** @param {Element} panel */
function save(panel) {
  const { found, record } = read(day());
  if (found !== 'none' && found !== 'expired' && found !== 'kept') return refresh(undefined, panel);
  forgotten = false;
  const state = store(record ?? { schema: SCHEMA, saved: '', until: '', attempts: [], drafts: {} }, () => {});
  if (state === 'kept') for (const saver of savers) saver();
  show(written, panel);
}

/** @param {Kept} record @param {(record: Kept) => void} change */
function store(record, change) {
  const today = new Date();
  change(record);
  record.saved = day(today);
  record.until = day(new Date(today.getFullYear(), today.getMonth(), today.getDate() + KEPT_DAYS));
  written = write(record);
  for (const listener of listeners) listener();
  return written;
}

/** Say how things stand. @param {string} [state] @param {Element} [pressed] the panel whose button was pressed, where the focus belongs */
function refresh(state, pressed) {
  const stands = standing();
  show(state ?? (stands === 'denied' && !pressed ? 'none' : stands), pressed);
  for (const listener of listeners) listener();
}

/** @param {string} state @param {Element} [pressed] */
function show(state, pressed) {
  shown = state;
  const until = kept()?.until;
  for (const panel of document.querySelectorAll('[data-keeping]')) {
    const said = panel.querySelector(`[data-kept="${state}"]`) ? state : kept() ? 'kept' : 'none'; // the foot of a page has fewer words
    for (const block of panel.querySelectorAll('[data-kept]')) if (block instanceof HTMLElement) block.hidden = block.dataset.kept !== said;
    for (const sure of panel.querySelectorAll('[data-delete-sure]')) if (sure instanceof HTMLElement) sure.hidden = true;
    for (const place of panel.querySelectorAll('[data-until]')) place.textContent = until ? long(until) : '';
  }
  const block = pressed?.querySelector(`[data-kept="${state}"]`);
  const words = block?.matches('p') ? block : block?.querySelector('[data-kept-words], p');
  if (words instanceof HTMLElement) {
    words.tabIndex = -1;
    words.focus();
  }
}
