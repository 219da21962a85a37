/**
 * What is kept in this browser: one JSON text under one name, and nothing before a person has pressed Save. The only script that touches
 * the browser's storage. The name holds the address of the site, so that two sites on one host do not share it.
 *
 * @typedef {{schema: number, saved: string, until: string, attempts: import('./attempt.mjs').Finished[], drafts: Record<string, import('./attempt.mjs').Draft>}} Kept
 * @typedef {'none' | 'kept' | 'expired' | 'newer' | 'damaged' | 'denied'} Found
 */

import { isDraft } from './attempt.mjs';
import { isDay } from './days.mjs';
import { isShallow } from './files.mjs';

export const SCHEMA = 1;
/** Days after the last save until everything is deleted: long enough for a follow-up at twelve months. */
export const KEPT_DAYS = 400;

const NAME = `noticing-neglect ${new URL('../../', import.meta.url).pathname}`;

/** What is kept now. Never throws. @param {string} today @returns {{found: Found, record?: Kept, text?: string}} */
export function read(today) {
  let text;
  try {
    text = localStorage.getItem(NAME);
  } catch {
    return { found: 'denied' };
  }
  if (text === null) return { found: 'none' };
  const record = parse(text);
  if (record === 'newer' || record === 'damaged') return { found: record, text };
  if (record.until < today) {
    erase();
    return { found: 'expired' };
  }
  return { found: 'kept', record, text };
}

/** Keep a record. What was kept before stays when there is no room. @param {Kept} record @returns {'kept' | 'full' | 'denied'} */
export function write(record) {
  try {
    localStorage.setItem(NAME, JSON.stringify(record));
    return 'kept';
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'denied';
  }
}

/** Forget everything. */
export function erase() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // where storage is refused there is nothing to forget
  }
}

/** Call back when another tab keeps something, or forgets everything. @param {(forgotten: boolean) => void} changed */
export function watch(changed) {
  addEventListener('storage', (event) => {
    if (event.key === NAME || event.key === null) changed(event.newValue === null);
  });
}

/** @param {string} text @returns {Kept | 'newer' | 'damaged'} */
function parse(text) {
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    return 'damaged';
  }
  if (typeof record?.schema === 'number' && record.schema > SCHEMA) return 'newer';
  const whole =
    record?.schema === SCHEMA &&
    isDay(record.until) &&
    Array.isArray(record.attempts) &&
    record.attempts.every(isObject) &&
    isObject(record.drafts) &&
    isShallow(record) &&
    Object.values(record.drafts).every(isDraft);
  return whole ? record : 'damaged';
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
