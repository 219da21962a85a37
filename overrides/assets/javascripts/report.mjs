/**
 * The training report: reads the files that somebody chooses, a few at a time, hands them to the engine for short tallies, and those for the
 * report. Nothing but the tallies is held on to. What the report shows is `view-report.mjs`, and its tables as values `figures.mjs`.
 *
 * @typedef {import('./figures.mjs').Report} Report
 * @typedef {import('./figures.mjs').Reported} Reported
 * @typedef {{file: string, why: string, text: string, tally: object | null}} Read one file: its tally, or why it is left out
 */

import { createClient } from './client.mjs';
import { comma, tables } from './figures.mjs';
import { day } from './days.mjs';
import { Asker, inert } from './exercise.mjs';
import { download, isShallow, readText } from './files.mjs';
import { createView } from './view.mjs';
import { createReportView } from './view-report.mjs';

/** Of one message to the engine: so many files, or so many characters, whichever comes first. */
const BATCH = { files: 40, characters: 1_500_000 };
/** Milliseconds that the engine may take over the whole report of some thousand people on a slow machine. */
const PATIENCE = 180_000;

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
    this.asker = new Asker(createClient(inert(root, 'runtime'), { answer: PATIENCE }), { ...this.page, waiting: () => undefined });
    /** @type {Reported} */
    this.reported = inert(root, 'reported');
    /** @type {File[]} chosen and not read yet */
    this.waiting = [];
    /** @type {Read[]} */
    this.read = [];
    this.running = false;
    /** @type {Report | undefined} */
    this.report = undefined;
  }

  start() {
    const { root } = this;
    root.addEventListener('click', (event) => this.click(event));
    root.querySelector('[data-files]')?.addEventListener('change', (event) => this.choose(/** @type {HTMLInputElement} */ (event.target)));
    const place = root.querySelector('[data-drop]');
    for (const name of ['dragover', 'dragleave', 'drop']) {
      place?.addEventListener(name, (event) => this.drop(/** @type {DragEvent} */ (event), /** @type {HTMLElement} */ (place)));
    }
    document.addEventListener('page:exit', () => this.forget());
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
    if (files.length) this.run();
  }

  /** Read what waits and then work out the report. Asked for once more after trouble, it goes on from where it was. */
  async run() {
    if (this.running) return;
    this.running = true;
    this.page.clearErrors();
    const finished = (await this.readAll()) && (await this.ask());
    this.running = false;
    this.view.idle();
    if (finished && this.waiting.length) this.run();
  }

  /** @returns {Promise<boolean>} whether the engine answered */
  async readAll() {
    while (this.waiting.length) {
      this.view.reading(this.read.length, this.read.length + this.waiting.length);
      const batch = await this.nextBatch();
      const read = await this.tally(batch.filter(({ record }) => record !== undefined));
      if (!read) return false;
      this.waiting.splice(0, batch.length);
      const tallied = new Map(read.map((one, at) => [batch.filter(({ record }) => record !== undefined)[at], one]));
      this.read.push(...batch.map((one) => ({ file: one.file, ...(tallied.get(one) ?? { why: one.why, text: '', tally: null }) })));
    }
    return true;
  }

  /** The next files as values, up to the size of a message. They wait until their tallies are there. */
  async nextBatch() {
    const batch = [];
    let size = 0;
    for (const file of this.waiting.slice(0, BATCH.files)) {
      const text = await readText(file);
      size += text?.length ?? 0;
      batch.push({ file: file.name, ...parse(text) });
      if (size > BATCH.characters) break;
    }
    return batch;
  }

  /**
   * The tallies of some files. Where one of them cannot even be sent, each is tried alone.
   * @param {{record?: unknown}[]} batch @returns {Promise<Omit<Read, 'file'>[] | undefined>}
   */
  async tally(batch) {
    if (!batch.length) return [];
    const message = () => ({ task: 'tally', records: batch.map(({ record }) => record), modules: this.modules() });
    const reply = await this.asker.ask('tally', message, () => this.run(), ['not_json']);
    if (!reply) return undefined;
    if (reply.ok) return reply.read.map((/** @type {any} */ { tally, key, text }) => ({ tally, why: key, text }));
    if (batch.length === 1) return [{ tally: null, why: 'unreadable', text: '' }];
    const alone = [];
    for (const one of batch) {
      const read = await this.tally([one]);
      if (!read) return undefined;
      alone.push(...read);
    }
    return alone;
  }

  /** @returns {Promise<boolean>} whether there is a report */
  async ask() {
    const counted = this.read.filter(({ tally }) => tally);
    this.view.working(this.read.length);
    const message = () => ({ task: 'report', tallies: counted.map(({ tally }) => tally), modules: this.modules() });
    const reply = await this.asker.ask('report', message, () => this.run());
    if (!reply) return false;
    this.report = /** @type {Report} */ (reply.report);
    const twice = new Set(this.report.duplicates.map((place) => counted[place]));
    const left = this.read.flatMap((one) => (twice.has(one) ? [{ ...one, why: 'duplicate' }] : one.tally ? [] : [one]));
    this.view.show(this.report, this.reported, left, counted.length - twice.size);
    return true;
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
    else if ('copy' in button.dataset) this.view.copy();
    else if ('print' in button.dataset) this.page.print(button.dataset.print ?? '');
    else if ('csv' in button.dataset && this.report) {
      const text = comma(tables(this.report, this.reported, this.view.words), this.view.captions());
      download(`training-report-${day()}.csv`, text, 'text/csv');
    }
  }

  clear() {
    this.forget();
    this.view.cleared();
  }

  forget() {
    this.waiting = [];
    this.read = [];
    this.report = undefined;
    this.view.empty();
  }
}

/** What a file holds, or why it holds nothing. @param {string | null} text @returns {{record?: unknown, why: string}} */
function parse(text) {
  if (text === null) return { why: 'too_large' };
  try {
    const record = JSON.parse(text);
    return isShallow(record) ? { record, why: '' } : { why: 'unreadable' };
  } catch {
    return { why: 'unreadable' };
  }
}
