/**
 * Which questions are asked next: chooses among the forms that the page carries, all drawn by the engine when the site was built. Plain values
 * only.
 *
 * @typedef {import('./attempt.mjs').Mode} Mode
 * @typedef {import('./attempt.mjs').Finished} Finished
 * @typedef {{version: string, revisions: string[], forms: Record<Mode, number[][][]>, windows: [number, number][]}} Carried
 *   `forms` by mode, seed and part, as places in the list of questions; `windows` are days after the after form
 * @typedef {{before?: Finished, after?: Finished, followed: number[]}} Measured
 */

const ROUND = 5;

/** The first before and after forms somebody did, and which follow-ups. @param {Finished[]} attempts @returns {Measured} */
export function findMeasured(attempts) {
  const before = attempts.find(({ mode }) => mode === 'before');
  const after = attempts.find(({ mode }) => mode === 'after');
  const followed = attempts.filter(({ mode }) => mode === 'follow_up').map(({ part }) => part);
  return { ...(before && { before }), ...(after && { after }), followed };
}

/** Whether a way is open now. @param {string} when @param {Measured} measured @param {[number, number][]} windows @param {string} today */
export function isOpen(when, { before, after, followed }, windows, today) {
  if (when === 'before') return !before;
  if (when === 'after') return !!before && !after;
  const part = Number(when.replace('follow-up-', ''));
  const opens = windows[part - 1]?.[0] ?? Infinity;
  return !!after && !followed.includes(part) && daysBetween(after.finished.slice(0, 10), today) >= opens;
}

/** @param {string} from @param {string} to days, `2026-11-28` */
function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/**
 * @param {Carried} course @param {Mode} mode @param {number} part
 * @param {{ids: string[], leading: string, practised: Set<string>, attempts: Finished[]}} known
 * @returns {{seed: number, form: string[]}}
 */
export function chooseForm(course, mode, part, { ids, leading, practised, attempts }) {
  const seeds = course.forms[mode].length;
  const measured = findMeasured(attempts);
  const form = (/** @type {Mode} */ of, /** @type {number} */ seed, nth = 0) => (course.forms[of][seed]?.[nth] ?? []).map((place) => ids[place] ?? '');
  const any = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % seeds;
  const seed = measured.before && measured.before.seed < seeds ? measured.before.seed : any;
  if (mode === 'practice') {
    const kept = measured.before && !measured.after ? new Set(form('after', seed)) : new Set();
    return { seed, form: round(form('practice', seed).filter((id) => !kept.has(id)), leading, practised) };
  }
  if (mode === 'after' && measured.before) {
    const met = new Set(Object.keys(measured.before.answers));
    const fresh = [seed, ...Array(seeds).keys()].find((one) => form('after', one).every((id) => !met.has(id))) ?? seed;
    return { seed: fresh, form: form('after', fresh) };
  }
  const chosen = mode === 'follow_up' ? seed : any;
  return { seed: chosen, form: form(mode, chosen, Math.max(0, part - 1)) };
}

/** The next five to practise: the one asked for first, then what was not practised yet. @param {string[]} order @param {string} leading @param {Set<string>} practised */
function round(order, leading, practised) {
  const fresh = [...order.filter((id) => !practised.has(id)), ...order.filter((id) => practised.has(id))].filter((id) => id !== leading);
  return [...(leading ? [leading] : []), ...fresh].slice(0, ROUND);
}
