/**
 * A module: the ways to take it, the questions of one attempt, and what becomes of the answers. Decides what happens; what is seen is the views'.
 *
 * @typedef {import('./attempt.mjs').Draft} Draft
 * @typedef {import('./attempt.mjs').Finished} Finished
 * @typedef {import('./attempt.mjs').Mode} Mode
 * @typedef {import('./view-question.mjs').Mark} Mark
 */

import { ONE_TRY, answerTo, begin, isFinished } from './attempt.mjs';
import { saveDates } from './calendar.mjs';
import { chooseForm, findMeasured, isOpen } from './course.mjs';
import { day, long } from './days.mjs';
import { inert } from './exercise.mjs';
import { isKeeping, kept, onChange, onSave, put } from './keeping.mjs';
import { check, end, giveUp, resume } from './marking.mjs';
import { isElsewhere, takeOver, tellElsewhere } from './tabs.mjs';
import * as question from './view-question.mjs';
import { hideResult } from './view-result.mjs';
import { all, first, fillSlots, nameOf } from './view.mjs';

export class ModuleExercise {
  /** @param {HTMLElement} root @param {import('./view.mjs').View} view @param {import('./exercise.mjs').Asker} asker */
  constructor(root, view, asker) {
    this.root = root;
    this.view = view;
    this.asker = asker;
    this.name = root.dataset.name ?? '';
    /** @type {{questions: {id: string}[]}} */
    this.definition = inert(root, 'definition');
    /** @type {import('./course.mjs').Carried} */
    this.course = inert(root, 'course');
    this.ids = this.definition.questions.map(({ id }) => id);
    this.revisions = Object.fromEntries(this.ids.map((id, index) => [id, this.course.revisions[index] ?? '']));
    /** @type {Draft | undefined} the attempt under way */
    this.draft = undefined;
    /** @type {Set<string>} attempts that are kept from this page: begun here, or gone on with here last */
    this.mine = new Set();
    /** @type {Finished[]} those finished on this page */
    this.finished = [];
    /** @type {Record<string, Mark>} */
    this.marks = {};
    /** @type {Set<string>} questions practised on this page */
    this.practised = new Set();
    /** @type {Set<string>} questions that hold something typed or chosen and not yet marked */
    this.touched = new Set();
    this.worksheet = false;
    this.over = false;
  }

  start() {
    const { root } = this;
    root.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.go();
    });
    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('input', (event) => this.change(/** @type {HTMLElement} */ (event.target)));
    addEventListener('hashchange', () => this.arrive(location.hash.slice(1), true));
    addEventListener('pageshow', () => this.steps().forEach(question.settle));
    addEventListener('beforeunload', (event) => {
      if (this.touched.size && !this.over && (!isKeeping() || isElsewhere(this))) event.preventDefault();
    });
    document.addEventListener('page:exit', () => this.touched.clear());
    onSave(() => this.keepAll());
    onChange(() => tellElsewhere(this));
    root.dataset.scripted = '';
    for (const step of this.steps()) {
      question.equip(root, step);
      question.reset(step, false);
    }
    this.showStart();
    this.view.show('', false); // an address may end in what is no step
    this.arrive(location.hash.slice(1), false);
  }

  /** The steps that are questions. */
  steps() {
    return all(this.root, '[data-question]');
  }

  attempts() {
    const before = (kept()?.attempts ?? []).filter(isFinished);
    return [...before.filter(({ module }) => module === this.name), ...this.finished.filter(({ attempt }) => !before.some((one) => one.attempt === attempt))];
  }

  /** What the start says and offers depends on what was done before. */
  showStart() {
    const measured = findMeasured(this.attempts());
    const draft = kept()?.drafts[this.name];
    const passed = this.attempts().findLast(({ mode, passed }) => mode === 'check' && passed);
    const said = { resume: !!draft, changed: !!passed && passed.version !== this.course.version, measuring: !!measured.before && !measured.after };
    for (const notice of all(this.root, '[data-said]')) notice.hidden = !said[/** @type {keyof typeof said} */ (notice.dataset.said)];
    for (const way of all(this.root, '[data-when]')) way.hidden = !isOpen(way.dataset.when ?? '', measured, this.course.windows, day());
    fillSlots(this.root, { where: draft ? this.where(draft) : '', 'passed-on': passed ? long(passed.finished.slice(0, 10)) : '' });
  }

  /** @param {Draft} draft */
  where(draft) {
    const place = draft.form.indexOf(draft.at);
    if (place >= 0) return `question ${place + 1} of ${draft.form.length}`;
    const step = this.view.named(draft.at);
    return `“${(step && first(step, '[data-heading]')?.textContent) ?? ''}”`;
  }

  /** Come to a step by its name: by Continue, by the browser's Back, or by a link to it. @param {string} name @param {boolean} moveFocus */
  arrive(name, moveFocus) {
    const step = name ? this.view.named(name) : undefined;
    if (step && !['start', 'result'].includes(name) && (!this.draft || !this.view.steps().includes(step))) return this.beginAt(name, step, moveFocus);
    if (name === 'result' && !this.over && !this.worksheet) return this.view.show('', moveFocus);
    this.view.show(name, moveFocus);
    if (this.view.step() === this.view.steps()[0]) return this.showStart();
    if (!this.draft || this.over || !step) return undefined;
    this.draft.at = name;
    return this.keep();
  }

  /** Somebody followed a link to a step that is not in this attempt: begin with it, unless answers would be lost. @param {string} name @param {HTMLElement} step @param {boolean} moveFocus */
  beginAt(name, step, moveFocus) {
    if (this.touched.size && !this.over) return history.replaceState(null, '', `#${nameOf(this.view.step())}`);
    const asked = 'question' in step.dataset;
    this.begin(asked ? 'story' : name === 'worked' ? 'worked' : 'learn', { first: asked ? name : '', at: name, moveFocus });
  }

  /** Begin an attempt. @param {string} way @param {{first?: string, part?: number, at?: string, moveFocus?: boolean}} [how] */
  begin(way, { first: leading = '', part = 0, at = '', moveFocus = true } = {}) {
    const mode = /** @type {Mode} */ (['check', 'before', 'after', 'follow_up'].includes(way) ? way : 'practice');
    const chosen = chooseForm(this.course, mode, part, { ids: this.ids, leading, practised: this.practised, attempts: this.attempts() });
    const screens = ['learn', 'worked'].includes(way) ? all(this.root, '[data-screen]').map(nameOf) : [];
    const steps = [...(way === 'worked' ? ['worked'] : []), ...screens, ...chosen.form];
    this.take(begin({ mode, part, seed: chosen.seed, form: chosen.form, steps, version: this.course.version }));
    for (const step of this.steps()) question.reset(step, chosen.form.includes(nameOf(step)));
    if (at) this.view.show(at, moveFocus);
    else this.view.goTo(this.view.named(steps[0] ?? ''));
  }

  /** Make an attempt the one under way, and the one of this module that is kept. @param {Draft} draft */
  take(draft) {
    this.draft = draft;
    this.mine.add(draft.id);
    put((record) => (record.drafts[this.name] = draft));
    this.marks = {};
    this.over = false;
    this.touched.clear();
    const oneTry = ONE_TRY.includes(draft.mode);
    this.root.dataset.mode = draft.mode;
    this.view.follow([...draft.steps, 'result']);
    draft.form.forEach((name, index) => {
      const step = this.view.named(name);
      if (!step) return;
      for (const place of all(step, '[data-number]')) place.textContent = String(index + 1);
      for (const place of all(step, '[data-of]')) place.textContent = String(draft.form.length);
      for (const hints of all(step, '[data-hints]')) hints.hidden = oneTry;
      const last = index === draft.form.length - 1;
      for (const button of all(step, '[data-check]')) button.textContent = !oneTry ? 'Check answer' : last ? 'Finish' : 'Continue';
      for (const button of all(step, '[data-next]')) button.textContent = last && !oneTry ? 'See your result' : 'Continue';
    });
    const end = this.view.named('result');
    if (end) hideResult(end);
  }

  /** @param {Event} event */
  click(event) {
    const control = /** @type {HTMLElement} */ (event.target).closest('button, a');
    if (!(control instanceof HTMLElement)) return;
    const { dataset } = control;
    if ('way' in dataset) this.begin(dataset.way ?? '', { first: dataset.first ?? '', part: Number(dataset.part ?? 0) });
    else if ('more' in dataset) this.begin('practice');
    else if ('next' in dataset && control.getAttribute('type') === 'button') this.next();
    else if ('skip' in dataset) this.skip();
    else if ('giveUp' in dataset) giveUp(this);
    else if ('retry' in dataset) this.asker.again();
    else if ('showAnswers' in dataset) this.offerAnswers();
    else if ('move' in dataset) this.moved(control, Number(dataset.move));
    else if ('print' in dataset) this.view.print(dataset.print ?? '');
    else if ('resume' in dataset) resume(this);
    else if ('drop' in dataset) this.drop();
    else if ('calendar' in dataset) this.saveDates(dataset);
    else if ('keepMine' in dataset) takeOver(this);
    else if ('back' in dataset) {
      event.preventDefault();
      this.view.goBack();
    }
  }

  /** @param {HTMLElement} control */
  change(control) {
    question.changed(control);
    const step = control.closest('[data-question]');
    if (step instanceof HTMLElement) this.note(step, !('sure' in control.dataset));
  }

  /** @param {HTMLElement} button @param {number} by */
  moved(button, by) {
    question.move(button, by);
    const step = button.closest('[data-question]');
    if (step instanceof HTMLElement) this.note(step, true);
  }

  /** The answer to a question of the attempt under way, so far. @param {string} name */
  answer(name) {
    if (!this.draft) throw new Error('no attempt is under way');
    return answerTo(this.draft, name, this.revisions[name] ?? '');
  }

  /** Write down what is filled in. @param {HTMLElement} step @param {boolean} touched */
  note(step, touched) {
    const name = nameOf(step);
    if (!this.draft || this.over || !this.draft.form.includes(name)) return;
    const answer = this.answer(name);
    answer.values = question.read(step)[name] ?? [];
    answer.certainty = question.sureness(step);
    answer.hints = Math.max(answer.hints, question.hintsUsed(step));
    if (touched && !answer.done) this.touched.add(name);
    this.keep();
  }

  /** What the step's main button does. */
  go() {
    const step = this.view.step();
    const name = step.dataset.question;
    if (!name || !this.draft || this.over) return this.view.goNext();
    this.note(step, false);
    if (!ONE_TRY.includes(this.draft.mode)) return this.answer(name).done ? this.next() : check(this, step);
    if (!this.answer(name).values.length) return this.view.say(all(step, '[data-fields]'), 'unanswered');
    return this.next();
  }

  /** Go on from a question; from the last one, to the whole result. Where nothing can be marked there is none to ask for. */
  next() {
    const last = this.view.next()?.dataset.step === 'result';
    return last && !this.over && !this.worksheet ? end(this) : this.view.goNext();
  }

  skip() {
    const step = this.view.step();
    if (this.draft && ONE_TRY.includes(this.draft.mode)) {
      this.answer(nameOf(step)).values = [];
      question.reset(step, true);
    }
    this.touched.delete(nameOf(step));
    this.next();
  }

  /** The worksheet's answers, for someone whose browser cannot mark. */
  offerAnswers() {
    this.worksheet = true;
    this.view.clearErrors();
    for (const answers of all(this.root, '[data-answers]:not([data-marked])')) answers.hidden = false;
    for (const next of all(this.root, '[data-next]')) next.hidden = false;
    const mine = first(this.view.step(), '[data-answers]');
    if (!(mine instanceof HTMLDetailsElement)) return;
    mine.open = true;
    first(mine, 'summary')?.focus();
  }

  /** @param {DOMStringMap} words */
  saveDates({ title = '', text = '' }) {
    const after = findMeasured(this.attempts()).after?.finished.slice(0, 10) ?? day();
    saveDates(this.asker, [{ module: this.name, day: after, title, text: `${text} ${location.href.replace(/#.*/, '')}` }]);
  }

  drop() {
    put((record) => delete record.drafts[this.name]);
    this.showStart();
    this.root.querySelector('button')?.focus();
  }

  /** Keep what is under way, if anything is kept at all. */
  keep() {
    const { draft, over } = this;
    if (draft && !over && !isElsewhere(this)) put((record) => (record.drafts[this.name] = draft));
  }

  /** Keep all there is: what was finished on this page too. */
  keepAll() {
    const apart = isElsewhere(this);
    put((record) => {
      const known = new Set(record.attempts.map(({ attempt }) => attempt));
      record.attempts.push(...this.finished.filter(({ attempt }) => !known.has(attempt)));
      if (this.draft && !this.over && !apart) record.drafts[this.name] = this.draft;
      else if (this.mine.has(record.drafts[this.name]?.id ?? '')) delete record.drafts[this.name];
    });
  }
}
