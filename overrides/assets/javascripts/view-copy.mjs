/** The page about keeping a copy: its buttons, how far it has come, and what went wrong. The words are in the page; this shows and fills them. */

import { CopyError, keep, kept, obstacle, remove } from './copy.mjs';
import { long } from './days.mjs';
import { all, fillSlots, first, unhide } from './view.mjs';

/** @typedef {import('./copy.mjs').Kept} Kept */
/** @typedef {import('./copy.mjs').Progress} Progress */

const MEGABYTE = 1_000_000;
/** How often the way is said aloud: in quarters, so that it does not chatter. */
const SAID = 4;

/** @param {HTMLElement} root */
export async function startCopy(root) {
  let stop = new AbortController();
  root.addEventListener('click', async (event) => {
    const button = event.target instanceof Element && event.target.closest('button');
    if (!button) return;
    if ('copyKeep' in button.dataset) fetchAll(root, (stop = new AbortController()).signal);
    else if ('copyStop' in button.dataset) stop.abort();
    else if ('copyRemove' in button.dataset) {
      await remove();
      focus(root);
    }
  });
  document.addEventListener('copy:gone', () => show(root, 'gone'));
  addEventListener('pagehide', () => stop.abort());
  tell(root, await kept());
  const wrong = obstacle();
  if (wrong) unhide(root, 'cause', [wrong]);
  problem(root).hidden = !wrong;
  for (const button of all(root, '[data-copy-keep]')) if (wrong) button.hidden = true;
}

/** @param {HTMLElement} root @param {AbortSignal} signal */
async function fetchAll(root, signal) {
  problem(root).hidden = true;
  say(root, { files: 0, of: 0, bytes: 0, ofBytes: 1 });
  show(root, 'working');
  focus(root);
  try {
    tell(root, await keep((progress) => say(root, progress), signal));
    focus(root);
  } catch (error) {
    console.warn(error);
    tell(root, await kept());
    unhide(problem(root), 'cause', [error instanceof CopyError ? error.cause : 'refused']);
    problem(root).hidden = false;
    problem(root).focus();
  }
}

/** @param {HTMLElement} root @param {Progress} progress */
function say(root, { files, of, bytes, ofBytes }) {
  const bar = first(root, 'progress');
  if (bar instanceof HTMLProgressElement) bar.value = bytes / ofBytes;
  fillSlots(root, { files, of, done: megabytes(bytes), all: megabytes(ofBytes) });
  const aloud = first(root, '[data-copy-aloud]');
  const quarter = Math.floor((SAID * bytes) / ofBytes) * (100 / SAID);
  if (aloud && aloud.dataset.copyAloud !== String(quarter)) {
    aloud.dataset.copyAloud = String(quarter);
    aloud.textContent = quarter ? `${quarter}% fetched` : '';
  }
}

/** How things stand. @param {HTMLElement} root @param {Kept | undefined} state */
function tell(root, state) {
  if (state) fillSlots(root, { saved: long(state.saved), size: megabytes(state.bytes) });
  show(root, state ? 'kept' : 'none');
}

/** @param {HTMLElement} root @param {'none' | 'working' | 'kept' | 'gone'} name */
function show(root, name) {
  unhide(root, 'copy-state', [name]);
}

/** Where the button was that has just gone, its words take the focus. @param {HTMLElement} root */
function focus(root) {
  first(root, '[data-copy-state]:not([hidden]) [data-copy-words]')?.focus();
}

/** @param {HTMLElement} root */
function problem(root) {
  return /** @type {HTMLElement} */ (first(root, '[data-copy-problem]'));
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.max(1, Math.round(bytes / MEGABYTE));
}
