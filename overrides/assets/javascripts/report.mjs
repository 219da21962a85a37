/**
 * The training report: reads the files that somebody chooses, some at a time, hands them to the engine for short tallies, and those for the
 * report. It is shown as soon as there is one, and the questions of one module after the other while it is being read. Nothing but the
 * tallies is held on to. What the report shows is `view-report.mjs`, and its tables as values `figures.mjs`.
 *
 * @typedef {import('./figures.mjs').Report} Report
 * @typedef {import('./figures.mjs').Reported} Reported
 * @typedef {{attempts: number, modes: string, scores: object, answers: string}} Taken one module, with the letters of its answers
 * @typedef {{ids: string, modules: Record<string, Taken>}} Tally
 * @typedef {{file: File, record?: any, why: string}} Opened what a file holds, or why it holds nothing
 * @typedef {{message: string, files: Opened[], shortener: Shortener}} Batch what the engine is asked about some files
 * @typedef {{file: string, why: string, text: string, tally: Tally | null}} Read one file: its tally, or why it is left out
 */

import { createClient, startEarly } from './client.mjs';
import { comma, tables } from './figures.mjs';
import { day } from './days.mjs';
import { Asker, inert } from './exercise.mjs';
import { download, readTexts } from './files.mjs';
import { Shared, Shortener } from './sharing.mjs';
import { createView } from './view.mjs';
import { createReportView } from './view-report.mjs';

/** Files in one message to the engine, and their bytes: the more, the less is sent twice; the fewer, the sooner the bar moves. */
const BATCH = 200;
const BYTES = 40_000_000;
/** Messages that are under way at once: one that the engine is at work on, and those that wait for it. */
const AHEAD = 4;
/** Milliseconds that the page is kept from answering a person. */
const BREATH = 40;
/** Milliseconds that the engine may take over some files, or over one module of some thousand people, on a slow machine. */
const PATIENCE = 60_000;

/** @param {HTMLElement} root */
export function startReport(root) {
  if ('started' in root.dataset) return;
  root.dataset.started = '';
  root.dataset.scripted = '';
  new TrainingReport(root).start();
}

class TrainingReport {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.page = createView(root);
    this.view = createReportView(root);
    // What is under way has words and a bar of its own.
    this.client = createClient(inert(root, 'runtime'), { answer: PATIENCE });
    this.asker = new Asker(this.client, { ...this.page, waiting: () => undefined });
    /** @type {Reported} */
    this.reported = inert(root, 'reported');
    /** @type {File[]} chosen and not read yet */
    this.waiting = [];
    /** @type {Read[]} */
    this.read = [];
    this.shared = new Shared();
    this.asked = 0;
    this.running = false;
    /** How often everything was forgotten: what was under way before is not gone on with. */
    this.turn = 0;
    /** @type {Report | undefined} */
    this.report = undefined;
    /** Whether the questions of all modules are in the report too. */
    this.whole = Promise.resolve(false);
  }

  start() {
    const { root } = this;
    root.addEventListener('click', (event) => this.click(event));
    const input = /** @type {HTMLInputElement | null} */ (root.querySelector('[data-files]'));
    input?.addEventListener('change', () => this.choose(input));
    const place = root.querySelector('[data-drop]');
    for (const name of ['dragover', 'dragleave', 'drop']) {
      place?.addEventListener(name, (event) => this.drop(/** @type {DragEvent} */ (event), /** @type {HTMLElement} */ (place)));
    }
    document.addEventListener('page:exit', () => this.forget());
    startEarly(this.client, place ? [/** @type {HTMLElement} */ (place)] : []);
    if (input?.files?.length) this.choose(input); // chosen before there was anybody to hear of it
  }

  /** @param {HTMLInputElement} input */
  choose(input) {
    const files = [...(input.files ?? [])];
    input.value = '';
    this.add(files);
  }

  /** @param {DragEvent} event @param {HTMLElement} place */
  drop(event, place) {
    event.preventDefault();
    place.toggleAttribute('data-over', event.type === 'dragover');
    if (event.type === 'drop') this.add([...(event.dataTransfer?.files ?? [])]);
  }

  /** @param {File[]} files */
  add(files) {
    this.waiting.push(...files);
    if (!files.length) return;
    this.view.reading(this.read.length, this.read.length + this.waiting.length);
    this.run();
  }

  /** Read what waits and then work out the report. Asked for once more after trouble, it goes on from where it was. */
  async run() {
    if (this.running) return;
    this.running = true;
    const { turn } = this;
    this.page.clearErrors();
    const finished = (await this.readAll(turn)) && (await this.ask(turn));
    this.running = false;
    if (turn === this.turn) this.view.idle();
    if ((finished || turn !== this.turn) && this.waiting.length) this.run();
  }

  /** Some files after the others; the next are read while the engine starts, or is at work on those before. @param {number} turn @returns {Promise<boolean>} whether it came to its end */
  async readAll(turn) {
    /** @type {Promise<Read[] | undefined>[]} */
    const ahead = [];
    let going = true;
    this.shared.asked.clear();
    for (let begun = 0; this.waiting.length; ) {
      this.view.reading(this.read.length, this.read.length + this.waiting.length);
      while (ahead.length < AHEAD && begun < this.waiting.length) {
        const files = await some(this.waiting.slice(begun, begun + BATCH));
        if (turn !== this.turn) return false;
        begun += files.length;
        ahead.push(this.open(files).then((batch) => (going && turn === this.turn ? this.tally(batch) : undefined)));
      }
      const read = await ahead.shift();
      going = Boolean(read) && turn === this.turn;
      if (!read || !going) return false; // what is read ahead is not asked about any more
      begun -= this.waiting.splice(0, read.length).length;
      this.read.push(...read);
    }
    this.shared.forget();
    return true;
  }

  /** What some files hold, made short. @param {File[]} files @returns {Promise<Batch>} */
  async open(files) {
    const shortener = new Shortener(this.shared);
    const texts = await readTexts(files);
    const opened = [];
    for (const [at, file] of files.entries()) {
      await breathe();
      opened.push(shorten(shortener, file, texts[at]?.() ?? null));
    }
    const records = opened.flatMap(({ why, record }) => (why ? [] : [record]));
    const message = JSON.stringify({ task: 'tally', records, kinds: [...this.shared.kinds.values.values()], answers: shortener.answers(), modules: this.modules() });
    return { message, files: opened, shortener };
  }

  /** Some files with their tallies. Where one of them cannot even be sent, each is tried alone. @param {Batch} batch @returns {Promise<Read[] | undefined>} */
  async tally({ message, files, shortener }) {
    const reply = await this.asker.ask(`tally ${++this.asked}`, () => message, () => this.run(), ['not_json']);
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
      this.shared.asked.clear();
      const read = await this.tally(await this.open([file]));
      if (!read) return undefined;
      alone.push(...read);
    }
    return alone;
  }

  /** @param {number} turn @returns {Promise<boolean>} whether there is a report */
  async ask(turn) {
    const tallied = /** @type {(Read & {tally: Tally})[]} */ (this.read.filter(({ tally }) => tally));
    this.view.working(0, 2);
    const told = this.shared.byQuestion();
    const columns = { ids: tallied.map(({ tally }) => tally.ids), answers: tallied.map(({ tally }) => everything(tally)) };
    const people = JSON.stringify({ task: 'people', told: Object.assign({}, ...Object.values(told)), people: columns });
    const everybody = await this.asker.ask('people', () => people, () => this.run());
    if (!everybody || turn !== this.turn) return false;
    const { duplicates, ...found } = everybody.people;
    const twice = /** @type {Set<Read>} */ (new Set(duplicates.map((/** @type {number} */ place) => tallied[place])));
    const counted = tallied.filter((one) => !twice.has(one));
    this.view.working(1, 2);
    const taken = Object.fromEntries(Object.keys(found.learners === null ? {} : this.reported.modules).map((module) => [module, columnsOf(module, counted)]));
    const reports = await this.asker.ask('modules', () => ({ task: 'modules', taken }), () => this.run());
    if (!reports || turn !== this.turn) return false;
    const modules = /** @type {import('./figures.mjs').ModuleReport[]} */ (reports.modules);
    const attempts = modules.reduce((sum, one) => sum + (one.attempts ?? 0), 0);
    this.report = /** @type {Report} */ ({ ...found, modules, attempts });
    const left = this.read.flatMap((one) => (twice.has(one) ? [{ ...one, why: 'duplicate' }] : one.tally ? [] : [one]));
    this.view.show(this.report, this.reported, left, counted.length);
    this.whole = this.askQuestions(turn, this.report, counted, told);
    return this.whole;
  }

  /** The questions of the modules that are shown, one after the other. @param {number} turn @param {Report} report @param {(Read & {tally: Tally})[]} counted @param {Record<string, Record<string, string>>} told */
  async askQuestions(turn, report, counted, told) {
    const known = this.modules();
    const shown = report.modules.filter(({ learners }) => learners);
    let done = 0;
    const asked = shown.map(async (one) => {
      await breathe();
      const questions = known[one.module] ?? {};
      const answered = counted.flatMap(({ tally }) => tally.modules[one.module]?.answers ?? []);
      const of = Object.assign({}, ...Object.keys(questions).map((question) => told[question]));
      const message = JSON.stringify({ task: 'questions', questions, told: of, answered });
      const reply = await this.asker.ask(`questions ${one.module}`, () => message, () => this.run());
      if (!reply || turn !== this.turn) return false;
      this.view.showQuestions(Object.assign(one, reply.report), this.reported);
      this.view.worked(++done, shown.length);
      return true;
    });
    return (await Promise.all(asked)).every(Boolean);
  }

  /** The modules as the engine reads them. */
  modules() {
    const rows = Object.entries(this.reported.modules).map(([name, { questions }]) => [
      name,
      Object.fromEntries(
        Object.entries(questions).map(([key, { revision, options, right }]) => [key, { revision, options: options?.map(({ id }) => id), right }]),
      ),
    ]);
    return Object.fromEntries(rows);
  }

  /** @param {Event} event */
  click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    if (!button) return;
    if ('retry' in button.dataset) this.asker.again();
    else if ('clear' in button.dataset) this.clear();
    else if ('take' in button.dataset) this.view.copy();
    else if ('print' in button.dataset) this.whole.then((whole) => whole && this.page.print(button.dataset.print ?? ''));
    else if ('csv' in button.dataset) this.whole.then((whole) => whole && this.save());
  }

  save() {
    if (!this.report) return;
    const text = comma(tables(this.report, this.reported, this.view.words), this.view.captions());
    download(`training-report-${day()}.csv`, text, 'text/csv');
  }

  clear() {
    this.forget();
    this.view.cleared();
  }

  forget() {
    this.turn += 1;
    this.waiting = [];
    this.read = [];
    this.shared = new Shared();
    this.report = undefined;
    this.whole = Promise.resolve(false);
    this.view.empty();
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

let breathed = 0;

/** Let the page answer before the next piece of work, where it has been kept from it for a while. */
async function breathe() {
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

/** What the engine asks of a module; few have scores that it looks at. @param {string} module @param {{tally: Tally}[]} counted */
function columnsOf(module, counted) {
  const taken = counted.flatMap(({ tally }) => tally.modules[module] ?? []);
  const scores = Object.fromEntries(taken.flatMap((one, place) => (Object.keys(one.scores).length ? [[place, one.scores]] : [])));
  return { attempts: taken.map((one) => one.attempts), modes: taken.map((one) => one.modes), scores };
}

/** @param {Tally} tally */
const everything = ({ modules }) => Object.values(modules).map(({ answers }) => answers).join('');
