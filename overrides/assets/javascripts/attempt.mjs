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

import { minute } from './days.mjs';

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
  const form = draft.form.filter((question) => question in revisions);
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([question]) => question in revisions && stands(question)));
  const steps = draft.steps.filter((step) => !draft.form.includes(step) || form.includes(step));
  return { ...draft, form, steps, answers };
}
