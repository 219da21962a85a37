/**
 * One time somebody takes a module, as plain values: begun, answered, finished. Knows no element of the page and no rule of marking.
 *
 * @typedef {'practice' | 'check' | 'before' | 'after' | 'follow_up'} Mode
 * @typedef {{values: string[], tries: string[][], certainty: string | null, hints: number, done: boolean, revision: string}} Answered
 *   what is filled in, the tries that were marked, and whether it is done with
 * @typedef {{id: string, mode: Mode, part: number, seed: number, form: string[], steps: string[], at: string, started: string,
 *   version: string, answers: Record<string, Answered>}} Draft one that is under way
 * @typedef {{revision: string, response: string[], first: number, certainty: string | null, tries: number, hints: number,
 *   misconceptions: string[]}} Answer
 * @typedef {{schema: 1, attempt: string, module: string, version: string, mode: Mode, part: number, seed: number, started: string,
 *   finished: string, score: number, passed: boolean, answers: Record<string, Answer>}} Finished as `engine/attempts.py` reads it
 * @typedef {{used: number, left: number, first: number, misconceptions: string[]}} Stand
 */

import { isMinute, minute } from './days.mjs';

const MODES = ['practice', 'check', 'before', 'after', 'follow_up'];
/** Modes in which each question has one try, and reasons come at the end. */
export const ONE_TRY = ['check', 'before', 'after', 'follow_up'];

/** A name for an attempt that no other has. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => (byte % 36).toString(36)).join('');
}

/**
 * Begin. `steps` are the names of the steps before the result, in order.
 * @param {{mode: Mode, part: number, seed: number, form: string[], steps: string[], version: string}} chosen @returns {Draft}
 */
export function begin(chosen) {
  return { id: newId(), at: chosen.steps[0] ?? '', started: minute(), answers: {}, ...chosen };
}

/** The answer to a question so far, made where there is none yet. @param {Draft} draft @param {string} question @param {string} revision */
export function answerTo(draft, question, revision) {
  return (draft.answers[question] ??= { values: [], tries: [], certainty: null, hints: 0, done: false, revision });
}

/**
 * What is kept of it once it is finished. A question that was not answered earns nothing, and is there.
 * @param {Draft} draft @param {string} module @param {Record<string, string>} revisions
 * @param {Record<string, Stand>} stands @param {{score: number, passed: boolean}} summary by first tries
 * @returns {Finished}
 */
export function finish(draft, module, revisions, stands, summary) {
  const { id, mode, part, seed, started, version } = draft;
  const answers = Object.fromEntries(
    draft.form.map((question) => {
      const given = draft.answers[question];
      const stand = stands[question];
      const answer = {
        revision: revisions[question] ?? '',
        response: given?.tries[0] ?? given?.values ?? [],
        first: stand?.first ?? 0,
        certainty: given?.certainty ?? null,
        tries: Math.max(given?.tries.length ?? 0, stand?.used ?? 0),
        hints: given?.hints ?? 0,
        misconceptions: stand?.misconceptions ?? [],
      };
      return [question, answer];
    }),
  );
  return { schema: 1, attempt: id, module, version, mode, part, seed, started, finished: minute(), ...summary, answers };
}

/** A draft with only the answers that still stand: to questions that are still asked as they were. @param {Draft} draft @param {Record<string, string>} revisions */
export function stillStanding(draft, revisions) {
  const stands = (/** @type {string} */ question) => draft.answers[question]?.revision === revisions[question];
  const form = draft.form.filter((question) => Object.hasOwn(revisions, question));
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([question]) => Object.hasOwn(revisions, question) && stands(question)));
  const steps = draft.steps.filter((step) => !draft.form.includes(step) || form.includes(step));
  return { ...draft, form, steps, answers };
}

/**
 * Whether something kept is an attempt that a page can show. The engine reads it again and has the last word.
 * @param {any} one @returns {one is Finished}
 */
export function isFinished(one) {
  const { attempt, module, finished, score, passed, answers } = one ?? {};
  const texts = [attempt, module].every((text) => typeof text === 'string');
  return texts && isHead(one) && isMinute(finished) && Number.isFinite(score) && typeof passed === 'boolean' && isMap(answers, isAnswer);
}

/** Whether something kept is an attempt under way that somebody can go on with. @param {any} one @returns {one is Draft} */
export function isDraft(one) {
  const { id, form, steps, at, answers } = one ?? {};
  const texts = [id, at].every((text) => typeof text === 'string');
  return texts && isHead(one) && isTexts(form) && isTexts(steps) && isMap(answers, isAnswered);
}

/** @param {any} one */
function isHead({ mode, part, seed, started, version }) {
  return MODES.includes(mode) && [part, seed].every((number) => Number.isInteger(number) && number >= 0) && isMinute(started) && typeof version === 'string';
}

/** @param {any} one */
function isAnswer(one) {
  return typeof one?.revision === 'string' && isTexts(one.response) && Number.isFinite(one.first);
}

/** @param {any} one */
function isAnswered(one) {
  const { values, tries, certainty, hints, done, revision } = one ?? {};
  const said = (certainty === null || typeof certainty === 'string') && typeof revision === 'string';
  return said && isTexts(values) && Array.isArray(tries) && tries.every(isTexts) && Number.isInteger(hints) && typeof done === 'boolean';
}

/** @param {unknown} value */
function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** @param {any} value @param {(one: unknown) => boolean} isOne */
function isMap(value, isOne) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isOne);
}
