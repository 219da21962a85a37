/**
 * The training report: from the files that somebody chooses to what the engine says of them together. It is shown as soon as there is one, and
 * the questions of one module after the other while it is being read. How files are read is `records.mjs`, what is shown `view-report.mjs`,
 * and its tables as values `figures.mjs`.
 *
 * @typedef {import('./figures.mjs').Report} Report
 * @typedef {import('./figures.mjs').Reported} Reported
 * @typedef {import('./records.mjs').Tally} Tally
 * @typedef {import('./records.mjs').Read & {tally: Tally}} Counted a file that counts
 */

import { createClient, startEarly } from './client.mjs';
import { comma, tables } from './figures.mjs';
import { day } from './days.mjs';
import { Asker, inert } from './exercise.mjs';
import { download } from './files.mjs';
import { breathe, Records } from './records.mjs';
import { createView } from './view.mjs';
import { createReportView } from './view-report.mjs';

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
    this.modules = modulesOf(this.reported);
    this.records = this.none();
    this.running = false;
    /** @type {Report | undefined} */
    this.report = undefined;
    /** Whether the questions of all modules are in the report too. */
    this.whole = false;
    /** @type {(() => void) | undefined} what somebody asked for that waits for all of them */
    this.wish = undefined;
  }

  none() {
    return new Records(this.asker, this.modules, { reading: this.view.reading, again: () => this.run() });
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
    if (!files.length) return;
    this.records.add(files);
    this.run();
  }

  /** Read what waits and then work out the report. Asked for once more after trouble, it reads on from where it was. */
  async run() {
    const { records } = this;
    if (this.running || records.isEmpty) return;
    this.running = true;
    this.page.clearErrors();
    const reported = (await records.readAll()) && (await this.ask(records));
    this.running = false;
    if (!records.stopped) this.view.idle();
    if ((reported || records.stopped) && this.records.waiting.length) this.run();
  }

  /** @param {Records} records @returns {Promise<boolean>} whether there is a report, with its questions or without */
  async ask(records) {
    const tallied = /** @type {Counted[]} */ (records.read.filter(({ tally }) => tally));
    this.view.working(0, 2);
    const told = records.shared.byQuestion();
    const columns = { ids: tallied.map(({ tally }) => tally.ids), answers: tallied.map(({ tally }) => everything(tally)) };
    const people = JSON.stringify({ task: 'people', told: Object.assign({}, ...Object.values(told)), people: columns });
    const everybody = await this.asker.ask('people', () => people, () => this.run());
    if (!everybody || records.stopped) return false;
    const { duplicates, ...found } = everybody.people;
    const twice = /** @type {Set<import('./records.mjs').Read>} */ (new Set(duplicates.map((/** @type {number} */ place) => tallied[place])));
    const counted = tallied.filter((one) => !twice.has(one));
    this.view.working(1, 2);
    const taken = Object.keys(found.learners === null ? {} : this.modules).map((module) => [module, columnsOf(module, counted)]);
    const message = JSON.stringify({ task: 'modules', taken: Object.fromEntries(taken) });
    const reports = await this.asker.ask('modules', () => message, () => this.run());
    if (!reports || records.stopped) return false;
    const modules = /** @type {import('./figures.mjs').ModuleReport[]} */ (reports.modules);
    const attempts = modules.reduce((sum, one) => sum + (one.attempts ?? 0), 0);
    this.report = /** @type {Report} */ ({ ...found, modules, attempts });
    const left = records.read.flatMap((one) => (twice.has(one) ? [{ ...one, why: 'duplicate' }] : one.tally ? [] : [one]));
    this.view.show(this.report, this.reported, left, counted.length);
    this.whole = false;
    this.whole = await this.askQuestions(records, this.report, counted, told);
    if (this.whole) this.fulfil();
    return true;
  }

  /** The questions of the modules that are shown, one after the other. @param {Records} records @param {Report} report @param {Counted[]} counted @param {Record<string, Record<string, string>>} told @returns {Promise<boolean>} whether they are all there */
  async askQuestions(records, report, counted, told) {
    const shown = report.modules.filter(({ learners }) => learners);
    /** @param {string} module */
    const ask = (module) => {
      const questions = this.modules[module] ?? {};
      const answered = counted.flatMap(({ tally }) => tally.modules[module]?.answers ?? []);
      const of = Object.assign({}, ...Object.keys(questions).map((question) => told[question]));
      const message = JSON.stringify({ task: 'questions', questions, told: of, answered });
      return this.asker.ask(`questions ${module}`, () => message, () => this.run());
    };
    let coming = shown[0] && ask(shown[0].module);
    for (const [at, one] of shown.entries()) {
      const reply = await coming;
      if (records.stopped || records.waiting.length) return false; // what more was chosen makes another report
      if (!reply) {
        this.wish = undefined;
        this.view.tell('');
        this.view.failed();
        return false;
      }
      const next = shown[at + 1];
      coming = next && ask(next.module); // while this one is shown
      this.view.showQuestions(Object.assign(one, reply.report), this.reported);
      this.view.worked(at + 1, shown.length);
      await breathe();
    }
    return true;
  }

  /** @param {Event} event */
  click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    if (!button) return;
    if ('retry' in button.dataset) this.asker.again();
    else if ('clear' in button.dataset) this.clear();
    else if ('take' in button.dataset) this.view.copy();
    else if ('print' in button.dataset) this.later(() => this.page.print(button.dataset.print ?? ''));
    else if ('csv' in button.dataset) this.later(() => this.save());
  }

  /** Now, or once the questions of all modules are there; of several wishes the last counts. @param {() => void} wish */
  later(wish) {
    if (this.whole) return wish();
    if (this.running) {
      this.wish = wish;
      this.view.tell('later');
    } else /** @type {HTMLElement | null} */ (this.root.querySelector('[data-trouble]'))?.focus();
  }

  fulfil() {
    const { wish } = this;
    this.wish = undefined;
    if (!wish) return;
    this.view.tell('');
    wish();
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
    this.records.stopped = true;
    this.records = this.none();
    this.report = undefined;
    this.whole = false;
    this.wish = undefined;
    this.page.clearErrors();
    this.view.empty();
  }
}

/** The modules as the engine reads them. @param {Reported} reported */
function modulesOf(reported) {
  const rows = Object.entries(reported.modules).map(([name, { questions }]) => [
    name,
    Object.fromEntries(
      Object.entries(questions).map(([key, { revision, options, right }]) => [key, { revision, options: options?.map(({ id }) => id), right }]),
    ),
  ]);
  return /** @type {Record<string, object>} */ (Object.fromEntries(rows));
}

/** What the engine asks of a module; few have scores that it looks at. @param {string} module @param {Counted[]} counted */
function columnsOf(module, counted) {
  const taken = counted.flatMap(({ tally }) => tally.modules[module] ?? []);
  const scores = Object.fromEntries(taken.flatMap((one, place) => (Object.keys(one.scores).length ? [[place, one.scores]] : [])));
  return { attempts: taken.map((one) => one.attempts), modes: taken.map((one) => one.modes), scores };
}

/** @param {Tally} tally */
const everything = ({ modules }) => Object.values(modules).map(({ answers }) => answers).join('');
