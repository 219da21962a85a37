/**
 * What is kept of a module in an LMS: one text of no more than 4,096 characters, as SCORM 1.2 allows (`cmi.suspend_data`), all of them ASCII.
 * The text opens with the version of its form. Questions stand in it by revision, so that a newer package drops the answers to what it asks
 * otherwise now and keeps the rest. What does not fit is dropped, oldest first, practice before what is measured.
 *
 * @typedef {import('./storage.mjs').Kept} Kept
 * @typedef {import('./attempt.mjs').Draft} Draft
 * @typedef {import('./attempt.mjs').Finished} Finished
 * @typedef {import('./attempt.mjs').Answered} Answered
 * @typedef {import('./attempt.mjs').Answer} Answer
 * @typedef {import('./scorm-told.mjs').Told} Told
 */

export const MOST = 4096;
const FORM = '1';
/** Characters of a typed answer: the engine marks none that is longer (`engine/spelling.py`). */
const LONGEST = 500;
const MODES = /** @type {const} */ (['practice', 'check', 'before', 'after', 'follow_up']);
const SURE = ['guess', 'think', 'sure'];

/** Whole numbers in few characters. @param {number} number */
const short = (number) => number.toString(36);
/** @param {string | undefined} text */
const long = (text) => parseInt(text ?? '', 36) || 0;
/** @param {string} text nothing that separates is left in it */
const safe = (text) => encodeURIComponent(text);
/** @param {string | undefined} text @param {string} by */
const split = (text, by) => (text ? text.split(by) : []);

/** @param {Told} told */
function places(told) {
  const ids = Object.keys(told.questions);
  const offered = Object.fromEntries(ids.map((id) => [id, (told.questions[id]?.interactions ?? []).flatMap(({ codes }) => Object.keys(codes ?? {}))]));
  return { ids, offered };
}

/** The record as a text that fits. @param {Kept} record @param {Told} told @returns {string} */
export function pack(record, told) {
  const attempts = [...record.attempts];
  let draft = record.drafts[told.module];
  let text = write(draft, attempts, told);
  while (text.length > MOST) {
    if (attempts.length) attempts.splice(Math.max(0, attempts.findIndex(({ mode }) => mode === 'practice')), 1);
    else if (draft && Object.keys(draft.answers).length) draft = { ...draft, answers: Object.fromEntries(Object.entries(draft.answers).slice(1)) };
    else return '';
    text = write(draft, attempts, told);
  }
  return text;
}

/** @param {Draft | undefined} draft @param {Finished[]} attempts @param {Told} told */
function write(draft, attempts, told) {
  const { ids, offered } = places(told);
  /** @type {string[]} */
  const named = [];
  const name = (/** @type {string} */ id) => {
    if (!named.includes(id)) named.push(id);
    return short(named.indexOf(id));
  };
  const values = (/** @type {string} */ id, /** @type {string[]} */ list) =>
    list
      .filter((value) => value.length <= LONGEST)
      .map((value) => (offered[id]?.includes(value) ? short(offered[id].indexOf(value)) : `=${safe(value)}`))
      .join(',');
  const sure = (/** @type {string | null} */ level) => short(SURE.indexOf(level ?? '') + 1);
  const head = (/** @type {Draft | Finished} */ one, /** @type {string} */ id) => [id, short(MODES.indexOf(one.mode)), short(one.part), short(one.seed), one.version, safe(one.started)];
  const known = (/** @type {string} */ id) => ids.includes(id);
  const under = draft && [
    [...head(draft, draft.id), safe(draft.at), draft.form.filter(known).map(name).join(','), draft.steps.filter((step) => !draft.form.includes(step)).map(safe).join(',')].join(':'),
    ...Object.entries(draft.answers)
      .filter(([id]) => known(id))
      .map(([id, a]) => [name(id), values(id, a.values), a.tries.map((list) => values(id, list)).join('/'), sure(a.certainty), short(a.hints), short(+a.done)].join(':')),
  ];
  const finished = attempts.map((one) => [
    [...head(one, one.attempt), safe(one.finished), +one.score.toFixed(6), +one.passed].join(':'),
    ...Object.entries(one.answers)
      .filter(([id]) => known(id))
      .map(([id, a]) => [name(id), values(id, a.response), +a.first.toFixed(6), sure(a.certainty), short(a.tries), short(a.hints)].join(':')),
  ]);
  const parts = [under ?? [], ...finished].map((part) => part.join(';'));
  return [FORM, named.map((id) => told.questions[id]?.revision).join('.'), ...parts].join('|');
}

/** The record that a text holds; nothing where it cannot be read. @param {string} text @param {Told} told @returns {Kept | undefined} */
export function unpack(text, told) {
  try {
    return text.startsWith(`${FORM}|`) ? read(text, told) : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} text @param {Told} told @returns {Kept} */
function read(text, told) {
  const { ids, offered } = places(told);
  const [, revisions, under, ...finished] = text.split('|');
  const named = split(revisions, '.').map((revision) => ids.find((id) => told.questions[id]?.revision === revision));
  const id = (/** @type {string | undefined} */ place) => named[long(place)] ?? '';
  const values = (/** @type {string} */ question, /** @type {string | undefined} */ list) =>
    split(list, ',').map((value) => (value.startsWith('=') ? decodeURIComponent(value.slice(1)) : (offered[question]?.[long(value)] ?? '')));
  const sure = (/** @type {string | undefined} */ level) => SURE[long(level) - 1] ?? null;
  const answers = (/** @type {string[]} */ rows, /** @type {(question: string, fields: string[]) => any} */ make) =>
    Object.fromEntries(rows.map((row) => row.split(':')).flatMap(([place, ...fields]) => (id(place) ? [[id(place), make(id(place), fields)]] : [])));
  const head = (/** @type {string[]} */ fields) => ({
    mode: MODES[long(fields[1])] ?? 'practice',
    part: long(fields[2]),
    seed: long(fields[3]),
    version: fields[4] ?? '',
    started: decodeURIComponent(fields[5] ?? ''),
  });
  const revision = (/** @type {string} */ question) => told.questions[question]?.revision ?? '';

  /** @param {string} part @returns {Draft} */
  function draft(part) {
    const [first = '', ...rows] = part.split(';');
    const fields = first.split(':');
    const form = split(fields[7], ',').map(id).filter(Boolean);
    const steps = [...split(fields[8], ',').map(decodeURIComponent), ...form];
    return { id: fields[0] ?? '', ...head(fields), at: decodeURIComponent(fields[6] ?? ''), form, steps, answers: answers(rows, answered) };
  }
  /** @param {string} question @param {string[]} fields @returns {Answered} */
  function answered(question, [given, tries, level, hints, done]) {
    const each = split(tries, '/').map((list) => values(question, list));
    return { values: values(question, given), tries: each, certainty: sure(level), hints: long(hints), done: done === '1', revision: revision(question) };
  }
  /** @param {string} part @returns {Finished} */
  function attempt(part) {
    const [first = '', ...rows] = part.split(';');
    const fields = first.split(':');
    const made = { schema: /** @type {const} */ (1), attempt: fields[0] ?? '', module: told.module, ...head(fields) };
    return { ...made, finished: decodeURIComponent(fields[6] ?? ''), score: Number(fields[7]), passed: fields[8] === '1', answers: answers(rows, answer) };
  }
  /** @param {string} question @param {string[]} fields @returns {Answer} */
  function answer(question, [response, earned, level, tries, hints]) {
    return { revision: revision(question), response: values(question, response), first: Number(earned), certainty: sure(level), tries: long(tries), hints: long(hints), misconceptions: [] };
  }
  const begun = under ? draft(under) : undefined;
  return { schema: 1, saved: '', until: '', attempts: finished.map(attempt), drafts: begun?.form.length ? { [told.module]: begun } : {} };
}
