/**
 * Learners' files made short for the engine: what is alike in some of them is sent once, and named. Nothing is judged here, and nothing is
 * left out that the engine looks at; the other end is `engine/shared.py`.
 *
 * A file of eighteen modules is nearly all answers, and most are like somebody else's. So each different one has a character of its own,
 * its letter, and the answers of an attempt are a word.
 */

import { isShallow } from './files.mjs';

/** How the answers of an attempt begin where each is a line, as `lined` writes a record. No text in JSON has an end of line in it. */
const ANSWERS = '"answers": {\n';

/** Different objects, each known by what stands between its braces, with a name from its place. */
class Table {
  /** @param {(text: string) => unknown} read @param {(place: number) => string} name */
  constructor(read, name) {
    this.read = read;
    this.name = name;
    /** @type {Map<string, string>} */
    this.names = new Map();
    /** @type {Map<string, unknown>} by name, in the order of their places */
    this.values = new Map();
  }

  /** @param {string} inside throws where it is no JSON @returns {string} */
  nameOf(inside) {
    const known = this.names.get(inside);
    if (known !== undefined) return known;
    const value = this.read(`{${inside}}`);
    const name = this.name(this.values.size);
    this.values.set(name, value);
    this.names.set(inside, name);
    return name;
  }
}

/** A character for each place: none of ASCII, and no half of another. @param {number} place */
const letterOf = (place) => String.fromCodePoint(place < 0xd700 ? 0x100 + place : 0x2900 + place);

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
    this.kinds = new Table(parse, String);
    this.answers = new Table(parseOne, letterOf);
    /** @type {Map<string, string>} by letter; blank of one that asks something else today */
    this.told = new Map();
    /** @type {Set<string>} letters of the answers that the engine is being asked about */
    this.asked = new Set();
  }

  /** What is told of the answers is kept, and how they were written is not. */
  forget() {
    this.answers.names.clear();
  }

  /** What is told of the answers to each question, by letter. */
  byQuestion() {
    /** @type {Record<string, Record<string, string>>} */
    const found = {};
    for (const [letter, text] of this.told) {
      if (text) (found[text.slice(0, text.indexOf(','))] ??= {})[letter] = text;
    }
    return found;
  }
}

/** Some files, made short together. */
export class Shortener {
  /** @param {Shared} shared */
  constructor(shared) {
    this.shared = shared;
    /** @type {Set<string>} letters of the answers that are met */
    this.met = new Set();
    /** @type {Set<string>} those that are asked about with these files */
    this.asked = new Set();
  }

  /** The answers to ask about, by letter: nothing is told of them yet, and unless these files are `alone` they were not asked about with others. @param {boolean} alone */
  answers(alone) {
    const { told, asked, answers } = this.shared;
    this.asked = new Set([...this.met].filter((letter) => !told.has(letter) && (alone || !asked.has(letter))));
    for (const letter of this.asked) asked.add(letter);
    return Object.fromEntries([...this.asked].map((letter) => [letter, answers.values.get(letter)]));
  }

  /**
   * @param {Record<string, string | null>} told by the engine of each; nothing of one that cannot be used, for which a file is left out
   * @returns {boolean} whether all answers in these files are told of, or were asked about with them
   */
  tell(told) {
    const { answers, told: known } = this.shared;
    for (const [letter, text] of Object.entries(told)) {
      if (text === null) continue;
      known.set(letter, text);
      answers.values.set(letter, undefined);
    }
    return [...this.met].every((letter) => known.has(letter) || this.asked.has(letter));
  }

  /** @param {string} inside */
  letter(inside) {
    const letter = this.shared.answers.nameOf(inside);
    this.met.add(letter);
    return letter;
  }

  /** The record in a file, its attempts as six texts. Throws where it is no JSON. @param {string} text @returns {unknown} */
  shorten(text) {
    return this.skim(text) ?? this.rows(parse(text), (answers) => (isMap(answers) ? Object.entries(answers).map((one) => this.letter(inside(Object.fromEntries([one])))).join('') : null));
  }

  /** The same where each answer is a line, of which only those that are new have to be read: nothing where something is written another way. @param {string} text */
  skim(text) {
    /** @type {string[]} */
    const words = [];
    let rest = '';
    let end = 0;
    let met = 0;
    /** @param {unknown} answers */
    const next = (answers) => {
      if (answers !== met) throw new SyntaxError('not in its place');
      return words[met++] ?? null;
    };
    try {
      for (let at = text.indexOf(ANSWERS); at >= 0; at = text.indexOf(ANSWERS, end)) {
        rest += `${text.slice(end, at)}"answers": ${words.length}`;
        let word = '';
        let line = at + ANSWERS.length;
        for (let stop = 0; text[line] !== '}'; line = stop + 1) {
          stop = text.indexOf('\n', line);
          const last = text[stop + 1] === '}';
          if (stop < 0 || (text[stop - 1] === ',') === last) return undefined;
          word += this.letter(text.slice(line, last ? stop : stop - 1));
        }
        end = line + 1;
        words.push(word);
      }
      const record = this.rows(parse(rest + text.slice(end)), next);
      return met === words.length ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {any} record @param {(answers: unknown) => string | null} wordOf */
  rows(record, wordOf) {
    if (!Array.isArray(record?.attempts)) return record;
    const rows = record.attempts.map((/** @type {any} */ one) => {
      const { attempt, started, finished, score, seed, answers, ...kind } = typeof one === 'object' && one !== null ? one : {};
      const number = typeof score === 'number' ? score : WRONG;
      return [this.shared.kinds.nameOf(inside(kind)), plain(attempt), plain(started), plain(finished), number, wordOf(answers) ?? WRONG];
    });
    const [first = []] = rows;
    return { schema: record.schema, attempts: first.map((/** @type {unknown} */ _, /** @type {number} */ at) => column(rows, at)) };
  }
}

/** What stands for anything that cannot stand in a text between others: it is as wrong. */
const WRONG = '?';

/** @param {unknown} value */
const plain = (value) => (typeof value === 'string' && !/^$|\s/.test(value) ? value : WRONG);

/** @param {unknown[][]} rows @param {number} at */
const column = (rows, at) => rows.map((row) => row[at]).join(' ');
