/**
 * The door of a SCORM 1.2 learning management system: found as its Run-Time Environment says (section 3.3), and never trusted to work.
 * Knows nothing of modules.
 *
 * @typedef {Record<'LMSInitialize' | 'LMSFinish' | 'LMSCommit' | 'LMSGetValue' | 'LMSGetLastError', (name: string) => unknown>
 *   & {LMSSetValue: (name: string, value: string) => unknown}} Api
 * @typedef {ReturnType<typeof connect>} Connection
 */

/** Windows to look through before giving up: players nest a few deep. */
const DEEPEST = 20;

/** The LMS's object: in a window around this one, or around the one that opened it. @param {Window} start @returns {Api | undefined} */
export function find(start) {
  return above(start) ?? ask(() => (start.top?.opener ? above(start.top.opener) : undefined)) ?? ask(() => (start.opener ? above(start.opener) : undefined));
}

/** @param {Window} start @returns {Api | undefined} */
function above(start) {
  let here = start;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const found = ask(() => /** @type {any} */ (here).API);
    if (found) return found;
    const parent = ask(() => here.parent);
    if (!parent || parent === here) return undefined;
    here = parent;
  }
  return undefined;
}

/** What a window of another place refuses is nothing. @template T @param {() => T} look @returns {T | undefined} */
function ask(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Begin with an LMS; nothing where it refuses. @param {Api | undefined} api */
export function connect(api) {
  let open = !!api && taken(() => api.LMSInitialize(''));
  if (!api || !open) return undefined;
  return {
    /** @param {string} name */
    get: (name) => String((open && ask(() => api.LMSGetValue(name))) ?? ''),
    /** @param {string} name @param {string | number} value @returns {boolean} whether the LMS took it */
    set: (name, value) => open && taken(() => api.LMSSetValue(name, String(value))),
    commit: () => open && taken(() => api.LMSCommit('')),
    /** Once: an LMS takes nothing after it. */
    finish() {
      if (!open) return;
      taken(() => api.LMSFinish(''));
      open = false;
    },
  };
}

/** An LMS says "true" or "false" as text; some say it otherwise, or nothing. Only a plain no is a no. @param {() => unknown} call */
function taken(call) {
  try {
    return String(call()) !== 'false';
  } catch {
    return false;
  }
}
