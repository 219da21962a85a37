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
  constructor() {
    /** @type {Map<string, number>} */
    this.places = new Map();
    /** @type {unknown[]} by place */
    this.values = [];
  }

  /** @param {string} inside throws where it is no JSON @returns {number} */
  place(inside) {
    const known = this.places.get(inside);
    if (known !== undefined) return known;
    const place = this.values.push(parse(`{${inside}}`)) - 1;
    this.places.set(inside, place);
    return place;
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

/** What all files that were read have alike, and what the engine told of their answers. */
export class Shared {
  constructor() {
    this.kinds = new Table();
    this.answers = new Table();
    /** @type {string[]} by place; blank of one that asks something else today */
    this.told = [];
    /** @type {Set<number>} places of the answers that the engine is being asked about */
    this.asked = new Set();
  }

  /** What is told of the answers is kept, and how they were written is not. */
  forget() {
    this.answers.places.clear();
  }
}

/** Some files, made short together. */
export class Shortener {
  /** @param {Shared} shared */
  constructor(shared) {
    this.shared = shared;
    /** @type {Set<number>} places of the answers that are met */
    this.met = new Set();
    /** @type {Set<number>} those that are asked about with these files */
    this.asked = new Set();
  }

  /** The answers to ask about, by place: nothing is told of them yet, and they were not asked about with other files. */
  answers() {
    const { told, asked, answers } = this.shared;
    this.asked = new Set([...this.met].filter((place) => told[place] === undefined && !asked.has(place)));
    for (const place of this.asked) asked.add(place);
    return Object.fromEntries([...this.asked].map((place) => [place, answers.values[place]]));
  }

  /**
   * @param {Record<string, string | null>} told by the engine of each; nothing of one that cannot be used, for which a file is left out
   * @returns {boolean} whether all answers in these files are told of, or were asked about with them
   */
  tell(told) {
    const { answers, told: known } = this.shared;
    for (const [place, text] of Object.entries(told)) {
      if (text === null) continue;
      known[Number(place)] = text;
      answers.values[Number(place)] = undefined;
    }
    return [...this.met].every((place) => known[place] !== undefined || this.asked.has(place));
  }

  /** @param {string} inside */
  place(inside) {
    const place = this.shared.answers.place(inside);
    this.met.add(place);
    return place;
  }

  /** The record in a file, its attempts as six texts. Throws where it is no JSON. @param {string} text @returns {unknown} */
  shorten(text) {
    return this.skim(text) ?? this.rows(parse(text), (answers) => Object.entries(answers).map((one) => this.place(inside(Object.fromEntries([one])))));
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
      const rest = parse(text.replace(ANSWER, (found) => `"${places.push(this.place(found))}":0`));
      const record = this.rows(rest, (answers) => Object.keys(answers).map(next));
      return met === places.length ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {any} record @param {(answers: object) => number[]} placesOf */
  rows(record, placesOf) {
    if (!Array.isArray(record?.attempts)) return record;
    const rows = record.attempts.map((/** @type {any} */ one) => {
      const { attempt, started, finished, score, seed, answers, ...kind } = typeof one === 'object' && one !== null ? one : {};
      const places = typeof answers === 'object' && answers && !Array.isArray(answers) ? placesOf(answers).join() : WRONG;
      const number = typeof score === 'number' ? score : WRONG;
      return [this.shared.kinds.place(inside(kind)), word(attempt), word(started), word(finished), number, places];
    });
    const [first = []] = rows;
    return { schema: record.schema, attempts: first.map((/** @type {unknown} */ _, /** @type {number} */ at) => column(rows, at)) };
  }
}

/** What stands for anything that cannot stand in a text between others: it is as wrong. */
const WRONG = '?';

/** @param {unknown} value */
const word = (value) => (typeof value === 'string' && !/^$|\s/.test(value) ? value : WRONG);

/** @param {unknown[][]} rows @param {number} at */
const column = (rows, at) => rows.map((row) => row[at]).join(' ');
