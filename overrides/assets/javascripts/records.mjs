/**
 * Learners' files on their way into a report: read some at a time, made short, and handed to the engine for tallies. Nothing but the tallies is
 * held on to.
 *
 * @typedef {{attempts: number, modes: string, scores: object, answers: string}} Taken one module, with the letters of its answers
 * @typedef {{ids: string, modules: Record<string, Taken>}} Tally
 * @typedef {{file: File, record?: any, why: string}} Opened what a file holds, or why it holds nothing
 * @typedef {{message: string, files: Opened[], shortener: Shortener}} Batch what the engine is asked about some files
 * @typedef {{file: string, why: string, text: string, tally: Tally | null}} Read one file: its tally, or why it is left out
 * @typedef {{reading: (read: number, files: number) => void, again: () => unknown}} Watching who is told how far it is, and tries again
 */

import { readTexts } from './files.mjs';
import { Shared, Shortener } from './sharing.mjs';

/** Files in one message to the engine, and their bytes: the more, the less is sent twice; the fewer, the sooner the bar moves. */
const BATCH = 200;
const BYTES = 40_000_000;
/** Messages that are under way at once: one that the engine is at work on, and those that wait for it. */
const AHEAD = 4;
/** Milliseconds that the page is kept from answering a person. */
const BREATH = 40;

let asked = 0;
let breathed = 0;

/** The files of one report. */
export class Records {
  /** @param {import('./exercise.mjs').Asker} asker @param {object} modules as the engine reads them @param {Watching} watching */
  constructor(asker, modules, watching) {
    this.asker = asker;
    this.modules = modules;
    this.watching = watching;
    /** @type {File[]} chosen and not read yet */
    this.waiting = [];
    /** @type {Read[]} */
    this.read = [];
    this.shared = new Shared();
    /** Whether they are forgotten: what is under way is not gone on with. */
    this.stopped = false;
  }

  /** @param {File[]} files */
  add(files) {
    this.waiting.push(...files);
    this.tell();
  }

  get isEmpty() {
    return !this.read.length && !this.waiting.length;
  }

  tell() {
    this.watching.reading(this.read.length, this.read.length + this.waiting.length);
  }

  /** Some files after the others; the next are read while the engine starts, or is at work on those before. @returns {Promise<boolean>} whether it came to its end */
  async readAll() {
    /** @type {Promise<Read[] | undefined>[]} */
    const ahead = [];
    let going = true;
    this.shared.asked.clear();
    for (let begun = 0; this.waiting.length; ) {
      this.tell();
      while (ahead.length < AHEAD && begun < this.waiting.length) {
        const files = await some(this.waiting.slice(begun, begun + BATCH));
        if (this.stopped) return false;
        begun += files.length;
        ahead.push(this.open(files).then((batch) => (going && !this.stopped ? this.tally(batch) : undefined)));
      }
      const read = await ahead.shift();
      going = Boolean(read) && !this.stopped;
      if (!read || !going) return false; // what is read ahead is not asked about any more
      begun -= this.waiting.splice(0, read.length).length;
      this.read.push(...read);
    }
    this.shared.forget();
    return true;
  }

  /** What some files hold, made short. @param {File[]} files @param {boolean} [alone] asked about as if there were no others @returns {Promise<Batch>} */
  async open(files, alone = false) {
    const shortener = new Shortener(this.shared);
    const texts = await readTexts(files);
    const opened = [];
    for (const [at, file] of files.entries()) {
      await breathe();
      opened.push(shorten(shortener, file, texts[at]?.() ?? null));
    }
    const records = opened.flatMap(({ why, record }) => (why ? [] : [record]));
    const kinds = [...this.shared.kinds.values.values()];
    const message = JSON.stringify({ task: 'tally', records, kinds, answers: shortener.answers(alone), modules: this.modules });
    return { message, files: opened, shortener };
  }

  /** Some files with their tallies. Where one of them cannot even be sent, each is tried alone. @param {Batch} batch @returns {Promise<Read[] | undefined>} */
  async tally({ message, files, shortener }) {
    const reply = await this.asker.ask(`tally ${++asked}`, () => message, this.watching.again, ['not_json']);
    if (!reply) return undefined;
    const whole = reply.ok && shortener.tell(reply.told);
    if (!whole && files.length > 1) return this.tallyEach(files.map(({ file }) => file));
    const read = (reply.ok ? reply.read : [{ tally: null, key: 'unreadable', text: '' }]).values();
    return files.map(({ file, record, why }) => {
      const { tally, key, text } = why ? { tally: null, key: why, text: '' } : read.next().value;
      return { file: file.name, why: key, text, tally: tally && take(tally, record.attempts) };
    });
  }

  /** @param {File[]} files @returns {Promise<Read[] | undefined>} */
  async tallyEach(files) {
    const alone = [];
    for (const file of files) {
      const read = await this.tally(await this.open([file], true));
      if (!read) return undefined;
      alone.push(...read);
    }
    return alone;
  }
}

/** So many of the files that they can be held. To ask a file's size the first time keeps the page waiting. @param {File[]} files */
async function some(files) {
  let bytes = 0;
  for (const [at, file] of files.entries()) {
    await breathe();
    bytes += file.size;
    if (bytes > BYTES && at) return files.slice(0, at);
  }
  return files;
}

/** Let the page answer before the next piece of work, where it has been kept from it for a while. */
export async function breathe() {
  if (performance.now() - breathed < BREATH) return;
  await new Promise((resolve) => setTimeout(resolve));
  breathed = performance.now();
}

/** What a file holds, or why it holds nothing. @param {Shortener} shortener @param {File} file @param {string | null} text @returns {Opened} */
function shorten(shortener, file, text) {
  if (text === null) return { file, why: 'too_large' };
  try {
    return { file, record: shortener.shorten(text), why: '' };
  } catch {
    return { file, why: 'unreadable' };
  }
}

/** A tally with the letters of each first attempt's answers. @param {any} tally @param {string[]} texts as they were sent @returns {Tally} */
function take({ ids, modules }, texts) {
  const rows = texts.at(-1)?.split(' ') ?? [];
  return { ids, modules: Object.fromEntries(Object.entries(modules).map(([name, { row, ...rest }]) => [name, { ...rest, answers: rows[row] ?? '' }])) };
}
