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

/** Different objects, each known by what stands between its braces, with its place. */
class Table {
  /** @param {Map<string, string>} met each that was read before, as short JSON */
  constructor(met) {
    this.met = met;
    /** @type {Map<string, number>} */
    this.places = new Map();
  }

  /** @param {string} inside throws where it is no JSON @returns {number} */
  place(inside) {
    const known = this.places.get(inside);
    if (known !== undefined) return known;
    if (!this.met.has(inside)) this.met.set(inside, JSON.stringify(parse(`{${inside}}`)));
    this.places.set(inside, this.places.size);
    return this.places.size - 1;
  }

  texts() {
    return [...this.places.keys()].map((inside) => this.met.get(inside));
  }
}

/** JSON that the engine can read too: it refuses a whole message for one value that is nested too deep. @param {string} text @returns {any} */
function parse(text) {
  const value = JSON.parse(text);
  if (!isShallow(value)) throw new SyntaxError('nested too deep');
  return value;
}

/** @param {object} value */
const inside = (value) => JSON.stringify(value).slice(1, -1);

/** What some files have alike. */
export class Shared {
  /** @param {Map<string, string>} met what was read in other files */
  constructor(met) {
    this.kinds = new Table(met);
    this.answers = new Table(met);
  }

  /** As the engine reads it. */
  tables() {
    return { kinds: this.kinds.texts(), answers: this.answers.texts() };
  }

  /** The record in a file, each of its attempts as a row. Throws where it is no JSON. @param {string} text @returns {unknown} */
  shorten(text) {
    return this.skim(text) ?? this.rows(parse(text), (answers) => Object.entries(answers).map((one) => this.answers.place(inside(Object.fromEntries([one])))));
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
      const rest = parse(text.replace(ANSWER, (found) => `"${places.push(this.answers.place(found))}":0`));
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
      if (typeof one !== 'object' || one === null) return one;
      const { attempt, started, finished, score, seed, answers, ...kind } = one;
      const places = typeof answers === 'object' && answers && !Array.isArray(answers) ? placesOf(answers) : null;
      return [this.kinds.place(inside(kind)), attempt, started, finished, score, places];
    });
    return { schema: record.schema, attempts };
  }
}
