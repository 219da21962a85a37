/**
 * What stands for `storage.mjs` in a package: the same functions, with the record in an LMS. Where there is none, nothing is kept. A package
 * has no file that touches the browser's storage.
 *
 * @typedef {import('./storage.mjs').Kept} Kept
 * @typedef {import('./storage.mjs').Found} Found
 * @typedef {{record: Kept, keep: (record: Kept) => void}} Keeper
 */

export const SCHEMA = 1;
/** The LMS says how long it keeps a record; this is only there because `keeping.mjs` counts days. */
export const KEPT_DAYS = 400;

/** @type {Keeper | undefined} */
let keeper;

/** Keep the record here from now on. @param {Keeper} lms */
export function keepIn(lms) {
  keeper = lms;
}

/** @param {string} _today @returns {{found: Found, record?: Kept, text?: string}} */
export function read(_today) {
  return keeper ? { found: 'kept', record: keeper.record } : { found: 'none' };
}

/** @param {Kept} record @returns {'kept' | 'full' | 'denied'} */
export function write(record) {
  keeper?.keep(record);
  return keeper ? 'kept' : 'denied';
}

/** Nothing: the record is the LMS's, and no button of a package says otherwise. */
export function erase() {}

/** Nothing: no other tab writes the record of this one. @param {(forgotten: boolean) => void} _changed */
export function watch(_changed) {}
