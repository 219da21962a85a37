/**
 * Learners' files made short for the engine: what is alike in some of them is sent once, and named by its place. Nothing is judged here, and
 * nothing is left out that the engine looks at; the other end is `engine/shared.py`.
 *
 * A file of eighteen modules is nearly all answers, and most are like somebody else's.
 */

import { isShallow } from './files.mjs';

/** How the answers of an attempt begin where each is a line, as `lined` writes a record. No text in JSON has an end of line in it. */
const ANSWERS = '"answers": {\n';

/** Different objects, each known by what stands between its braces, with its place. */
class Table {
  /** @param {(text: string) => unknown} read */
  constructor(read) {
    this.read = read;
    /** @type {Map<string, number>} */
    this.places = new Map();
    /** @type {unknown[]} by place */
    this.values = [];
  }

  /** @param {string} inside throws where it is no JSON @returns {number} */
  place(inside) {
    const known = this.places.get(inside);
    if (known !== undefined) return known;
    const place = this.values.push(this.read(`{${inside}}`)) - 1;
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

/** An object with one key. @param {string} text */
function parseOne(text) {
  const value = parse(text);
  if (Object.keys(value).length !== 1) throw new SyntaxError('not one');
  return value;
}

/** @param {unknown} value @returns {value is object} */
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {object} value */
const inside = (value) => JSON.stringify(value).slice(1, -1);

/** What all files that were read have alike, and what the engine told of their answers. */
export class Shared {
  constructor() {
    this.kinds = new Table(parse);
    this.answers = new Table(parseOne);
    /** @type {string[]} by place; blank of one that asks something else today */
    this.told = [];
    /** @type {Set<number>} places of the answers that the engine is being asked about */
    this.asked = new Set();
  }

  /** What is told of the answers is kept, and how they were written is not. */
  forget() {
    this.answers.places.clear();
  }

  /** What is told of the answers to each question, by place. */
  byQuestion() {
    /** @type {Record<string, Record<number, string>>} */
    const found = {};
    for (const [place, text] of this.told.entries()) {
      if (text) (found[text.slice(0, text.indexOf(','))] ??= {})[place] = text;
    }
    return found;
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
    return this.skim(text) ?? this.rows(parse(text), (answers) => (isMap(answers) ? Object.entries(answers).map((one) => this.place(inside(Object.fromEntries([one])))) : null));
  }

  /** The same where each answer is a line, of which only those that are new have to be read: nothing where something is written another way. @param {string} text */
  skim(text) {
    /** @type {number[][]} */
    const blocks = [];
    let rest = '';
    let end = 0;
    let met = 0;
    /** @param {unknown} answers */
    const next = (answers) => {
      if (answers !== met) throw new SyntaxError('not in its place');
      return blocks[met++] ?? null;
    };
    try {
      for (let at = text.indexOf(ANSWERS); at >= 0; at = text.indexOf(ANSWERS, end)) {
        rest += `${text.slice(end, at)}"answers": ${blocks.length}`;
        const places = [];
        let line = at + ANSWERS.length;
        for (let stop = 0; text[line] !== '}'; line = stop + 1) {
          stop = text.indexOf('\n', line);
          const last = text[stop + 1] === '}';
          if (stop < 0 || (text[stop - 1] === ',') === last) return undefined;
          places.push(this.place(text.slice(line, last ? stop : stop - 1)));
        }
        end = line + 1;
        blocks.push(places);
      }
      const record = this.rows(parse(rest + text.slice(end)), next);
      return met === blocks.length ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {any} record @param {(answers: unknown) => number[] | null} placesOf */
  rows(record, placesOf) {
    if (!Array.isArray(record?.attempts)) return record;
    const rows = record.attempts.map((/** @type {any} */ one) => {
      const { attempt, started, finished, score, seed, answers, ...kind } = typeof one === 'object' && one !== null ? one : {};
      const number = typeof score === 'number' ? score : WRONG;
      return [this.shared.kinds.place(inside(kind)), word(attempt), word(started), word(finished), number, placesOf(answers)?.join() ?? WRONG];
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
