/**
 * Learners' files made short for the engine: what is alike in some of them is sent once, and named by its place. Nothing is judged here, and
 * nothing is left out that the engine looks at; the other end is `engine/shared.py`.
 *
 * A file of eighteen modules is nearly all answers, and most are like somebody else's. They are found in the text as it stands, so that
 * only those that are new have to be read.
 */

import { isShallow } from './files.mjs';

/** A question and the answer to it, as `attempt.mjs` writes them. */
const ANSWER = /"[^"\\]*":\s*\{\s*"revision"[^{}]*\}/g;

/** Different values, each with its place. */
class Table {
  constructor() {
    /** @type {Map<string, number>} */
    this.places = new Map();
    /** @type {unknown[]} */
    this.values = [];
  }

  /** @param {string} text a value as JSON; throws where it is none @returns {number} */
  place(text) {
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.values.push(parse(text)) - 1);
    return this.values.length - 1;
  }
}

/** JSON that the engine can read too: it refuses a whole message for one value that is nested too deep. @param {string} text @returns {any} */
function parse(text) {
  const value = JSON.parse(text);
  if (!isShallow(value)) throw new SyntaxError('nested too deep');
  return value;
}

/** What some files have alike. */
export class Shared {
  constructor() {
    this.kinds = new Table();
    this.answers = new Table();
  }

  /** As the engine reads it. */
  tables() {
    return { kinds: this.kinds.values, answers: this.answers.values };
  }

  /** The record in a file, each of its attempts as a row. Throws where it is no JSON. @param {string} text @returns {unknown} */
  shorten(text) {
    return this.skim(text) ?? this.rows(parse(text), (answers) => Object.entries(answers).map((one) => this.answers.place(JSON.stringify(Object.fromEntries([one])))));
  }

  /** The same by what looks like an answer in the text: nothing unless each one stood where an answer stands. @param {string} text */
  skim(text) {
    /** @type {number[]} */
    const places = [];
    let met = 0;
    /** @param {string} key */
    const next = (key) => {
      if (key !== String(met + 1)) throw new SyntaxError(key); // one that was written another way
      return places[met++] ?? 0;
    };
    try {
      const rest = parse(text.replace(ANSWER, (found) => `"${places.push(this.answers.place(`{${found}}`))}":0`));
      const record = this.rows(rest, (answers) => Object.keys(answers).map(next));
      return met === places.length ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {any} record @param {(answers: object) => number[]} placesOf */
  rows(record, placesOf) {
    if (!Array.isArray(record?.attempts)) return record;
    const attempts = record.attempts.map((/** @type {any} */ one) => {
      if (typeof one !== 'object' || one === null) return [this.kinds.place(JSON.stringify(one))];
      const { attempt, started, finished, score, seed, answers, ...kind } = one;
      const places = typeof answers === 'object' && answers && !Array.isArray(answers) ? placesOf(answers) : null;
      return [this.kinds.place(JSON.stringify(kind)), attempt, started, finished, score, places];
    });
    return { schema: record.schema, attempts };
  }
}
