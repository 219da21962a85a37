/**
 * My learning: what is kept in this browser, or in a file, and what it comes to. The engine says what is done, due and worth another look; the
 * page has the words, and this fills them in.
 *
 * @typedef {{attempt: string, day: string, score: number, passed: boolean, version: string, changed: boolean}} Taken
 * @typedef {{part: number, opens: string, closes: string, state: 'coming' | 'due' | 'late' | 'done', score: number | null}} FollowUp
 * @typedef {{module: string, practised: string | null, check: Taken | null, passed: Taken | null, before: Taken | null, after: Taken | null,
 *   change: number | null, follow_ups: FollowUp[]}} ModuleReview
 * @typedef {{modules: ModuleReview[], again: {question: string, module: string, opens: string, due: boolean}[], shared: Record<string, string[]>}} Review
 */

import { isFinished } from './attempt.mjs';
import { saveDates } from './calendar.mjs';
import { createClient } from './client.mjs';
import { day, long } from './days.mjs';
import { draw, room } from './draw.mjs';
import { Asker, inert } from './exercise.mjs';
import { download, isShallow, lined, readText } from './files.mjs';
import { isKeeping, kept, onChange, onSave, put } from './keeping.mjs';
import { all, createView, first, unhide } from './view.mjs';

/** @typedef {import('./storage.mjs').Kept} Kept */
/** @typedef {Record<string, {title: string, address: string, version: string, questions: Record<string, string>}>} Catalogue */

/** Levels of a record that have line ends in its file: each answer is a line. */
const LINES = 4;
const PARTS = ['', '6 to 8 weeks', '6 months', '12 months'];

/** @param {HTMLElement} root */
export function startLearning(root) {
  if ('started' in root.dataset) return;
  root.dataset.started = '';
  root.dataset.scripted = '';
  new Learning(root).start();
}

class Learning {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.view = createView(root);
    this.asker = new Asker(createClient(inert(root, 'runtime')), this.view);
    /** @type {Catalogue} */
    this.catalogue = inert(root, 'catalogue');
    /** @type {Pick<Kept, 'attempts'>} what came out of a file and is not kept */
    this.opened = { attempts: [] };
    /** @type {Review | undefined} */
    this.review = undefined;
  }

  start() {
    this.root.addEventListener('click', (event) => this.click(event));
    first(this.root, '[data-open-file]')?.addEventListener('change', (event) => this.open(/** @type {HTMLInputElement} */ (event.target)));
    onSave(() => this.keepOpened());
    onChange(() => this.look());
    this.look();
  }

  /** Everything there is: what is kept, and what was opened. */
  record() {
    const attempts = [...(kept()?.attempts ?? [])];
    const known = new Set(attempts.map(({ attempt }) => attempt));
    return { schema: 1, attempts: [...attempts, ...this.opened.attempts.filter(({ attempt }) => !known.has(attempt))] };
  }

  async look() {
    const { attempts } = this.record();
    for (const one of all(this.root, '[data-some]')) one.hidden = !attempts.length;
    for (const one of all(this.root, '[data-none]')) one.hidden = attempts.length > 0;
    this.showDrafts();
    if (!attempts.length) return this.clear();
    const modules = Object.fromEntries(Object.entries(this.catalogue).map(([name, { version, questions }]) => [name, { version, questions }]));
    const message = () => ({ task: 'review', record: this.record(), today: day(), modules, room: room(first(this.root, '[data-chart]')) });
    const reply = await this.asker.ask('review', message, () => this.look());
    if (!reply || !this.record().attempts.length) return;
    this.review = reply.review;
    this.show(reply.review);
    this.list('problems', reply.problems, (/** @type {string} */ problem) => ({ problem }));
    const chart = first(this.root, '[data-chart]');
    if (chart) draw(chart, reply.chart);
  }

  /** What was shown is of attempts that are no more. */
  clear() {
    this.review = undefined;
    for (const one of all(this.root, '[data-has]:not([data-has="drafts"]), [data-chart]')) one.hidden = true;
  }

  /** @param {Review} review */
  show({ modules, again, shared }) {
    const due = modules.flatMap((one) => one.follow_ups.filter(({ state }) => state === 'due' || state === 'late').map((follow) => ({ module: one.module, ...follow })));
    const coming = modules.flatMap((one) => one.follow_ups.filter(({ state }) => state === 'coming').map((follow) => ({ module: one.module, ...follow })));
    const link = (/** @type {string} */ module, at = '') => `${this.catalogue[module]?.address ?? ''}${at}`;
    const title = (/** @type {string} */ module) => this.catalogue[module]?.title ?? module;
    this.list('due', due, (one) => ({ title: title(one.module), href: link(one.module), when: PARTS[one.part] ?? '', since: long(one.opens) }));
    this.list('coming', coming, (one) => ({ title: title(one.module), href: link(one.module), when: PARTS[one.part] ?? '', since: long(one.opens) }));
    this.list('again', again.filter((one) => one.due), (one) => ({ title: title(one.module), href: link(one.module, `#${one.question}`), since: long(one.opens) }));
    this.list('again-later', again.filter((one) => !one.due), (one) => ({ title: title(one.module), since: long(one.opens) }));
    this.list('done', modules, (one) => this.row(one, title(one.module), link(one.module)));
    unhide(this.root, 'shared', Object.keys(shared).slice(0, 3));
    for (const place of all(this.root, '[data-shared]:not([hidden]) [data-shared-count]')) {
      place.textContent = String(shared[place.closest('[data-shared]')?.getAttribute('data-shared') ?? '']?.length ?? 0);
    }
    for (const one of all(this.root, '[data-has="shared"]')) one.hidden = !Object.keys(shared).length;
    for (const one of all(this.root, '[data-has="dates"]')) one.hidden = !coming.length;
  }

  /** What one module comes to, in words. @param {ModuleReview} one @param {string} title @param {string} href */
  row({ practised, check, passed, before, after, follow_ups: follows }, title, href) {
    const percent = (/** @type {number} */ score) => `${Math.floor(score * 100 + 1e-9)}%`;
    const done = follows.filter(({ state }) => state === 'done').map(({ part, score }) => `${percent(score ?? 0)} after ${PARTS[part]}`);
    return {
      title,
      href,
      practised: practised ? `Practised, last on ${long(practised)}` : '',
      check: passed ? `Passed on ${long(passed.day)} with ${percent(passed.score)}` : check ? `Checked on ${long(check.day)}: ${percent(check.score)}, not passed yet` : '',
      changed: passed?.changed ? 'Changed since you passed' : '',
      gain: before && after ? `${percent(before.score)} before, ${[`${percent(after.score)} after`, ...done].join(', ')}` : before ? `Before: done on ${long(before.day)}` : '',
    };
  }

  /** Attempts that are under way. */
  showDrafts() {
    const drafts = Object.entries(kept()?.drafts ?? {}).filter(([name]) => Object.hasOwn(this.catalogue, name));
    this.list('drafts', drafts, ([name, draft]) => ({ title: this.catalogue[name]?.title ?? '', href: this.catalogue[name]?.address ?? '', since: long(draft.started.slice(0, 10)) }));
  }

  /**
   * Fill a list from its template, and show its part of the page only when there is something in it.
   * @template T @param {string} name @param {T[]} rows @param {(row: T) => Record<string, string>} words
   */
  list(name, rows, words) {
    const part = first(this.root, `[data-has="${name}"]`);
    const list = part && first(part, '[data-rows]');
    const template = part?.querySelector('template');
    if (!part || !list || !template) return;
    part.hidden = !rows.length;
    list.replaceChildren(...rows.map((row) => filled(template, words(row))));
  }

  /** @param {Event} event */
  click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    if (!button) return;
    if ('retry' in button.dataset) this.asker.again();
    else if ('download' in button.dataset) download(`training-${day()}.json`, lined(this.record(), LINES), 'application/json');
    else if ('print' in button.dataset) this.view.print(button.dataset.print ?? '');
    else if ('calendar' in button.dataset) this.saveDates(button.dataset);
  }

  /** @param {DOMStringMap} words */
  saveDates({ title = '', text = '' }) {
    const afters = this.review?.modules.flatMap(({ module, after }) => {
      const known = this.catalogue[module];
      return after && known ? [{ module, day: after.day, title: `${title} ${known.title}`, text: `${text} ${new URL(known.address, location.href).href}` }] : [];
    });
    if (afters?.length) saveDates(this.asker, afters);
  }

  /** Open a file that was downloaded here or elsewhere: its attempts are kept only if things are being kept. @param {HTMLInputElement} input */
  async open(input) {
    const file = input.files?.[0];
    if (!file) return;
    const record = parse(await readText(file));
    input.value = '';
    return record ? this.add(record) : this.sayOpened('not_learning', []);
  }

  /** What a file holds joins what is shown. @param {{attempts: any[]}} record */
  async add(record) {
    const message = () => ({ task: 'review', record, today: day(), modules: {} });
    const reply = await this.asker.ask('open', message, () => this.add(record), ['newer', 'not_learning', 'not_json']);
    if (!reply) return undefined;
    if (reply.problem) return this.sayOpened(reply.problem.key === 'newer' ? 'newer' : 'not_learning', []);
    const good = new Set(reply.kept);
    const rows = record.attempts.filter((one) => isFinished(one) && good.delete(one.attempt)); // each once
    this.opened.attempts.push(...rows);
    this.keepOpened();
    await this.look();
    return this.sayOpened(reply.problems.length ? 'some' : 'all', reply.problems, rows.length);
  }

  keepOpened() {
    if (!isKeeping() || !this.opened.attempts.length) return;
    const { attempts } = this.opened;
    const done = put((record) => {
      const known = new Set(record.attempts.map(({ attempt }) => attempt));
      record.attempts.push(...attempts.filter(({ attempt }) => !known.has(attempt)));
    });
    if (done) this.opened = { attempts: [] };
  }

  /** @param {string} state @param {string[]} problems @param {number} [count] */
  sayOpened(state, problems, count = 0) {
    const box = first(this.root, '[data-opened]');
    if (!box) return;
    box.hidden = false;
    unhide(box, 'opened-state', [state]);
    for (const place of all(box, '[data-opened-count]')) place.textContent = String(count);
    const list = first(box, '[data-opened-problems]');
    list?.replaceChildren(...problems.map((problem) => Object.assign(document.createElement('li'), { textContent: problem })));
    box.focus();
  }
}

/** @param {string | null} text @returns {any} */
function parse(text) {
  try {
    const found = JSON.parse(text ?? '');
    return Array.isArray(found?.attempts) && isShallow(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @param {HTMLTemplateElement} template @param {Record<string, string>} words */
function filled(template, words) {
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const [name, text] of Object.entries(words)) {
    for (const place of all(made, `[data-text="${name}"]`)) {
      place.textContent = text;
      place.hidden = !text;
    }
    for (const place of all(made, `[data-link="${name}"]`)) if (place instanceof HTMLAnchorElement) place.href = text;
  }
  return made;
}
