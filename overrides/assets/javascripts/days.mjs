/** Days by the reader's own clock, as the engine reads them and as people do. */

/** @param {Date} [when] @returns {string} the day by the reader's own clock, `2026-11-28` */
export function day(when = new Date()) {
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
}

/** @param {Date} [when] @returns {string} to the minute, `2026-11-28T16:05` */
export function minute(when = new Date()) {
  return `${day(when)}T${two(when.getHours())}:${two(when.getMinutes())}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, '0');
}

/** A day in words. @param {string} date `2026-11-28` */
export function long(date) {
  return new Date(`${date.slice(0, 10)}T12:00`).toLocaleDateString('en-GB', { dateStyle: 'long' });
}

/** Whether a value is a day that there is, as `engine/reading.py` has it: of 1900 to 2099, and not 31 February. @param {unknown} value */
export function isDay(value) {
  if (typeof value !== 'string' || !/^(?:19|20)\d\d-\d\d-\d\d$/.test(value)) return false;
  const when = new Date(`${value}T12:00Z`);
  return !Number.isNaN(when.getTime()) && when.toISOString().startsWith(value);
}

/** Whether a value is a time to the minute, `2026-11-28T16:05`. @param {unknown} value */
export function isMinute(value) {
  return typeof value === 'string' && /^.{10}T\d\d:\d\d$/.test(value) && isDay(value.slice(0, 10));
}
