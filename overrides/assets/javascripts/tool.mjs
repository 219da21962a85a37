/**
 * A tool: its steps, and the result of what is filled in. Decides what happens; what is seen is the views'.
 */

import { day, long } from './days.mjs';
import { room } from './draw.mjs';
import { inert } from './exercise.mjs';
import { download } from './files.mjs';
import { offeredWords, showPasted } from './pasting.mjs';
import { Rows } from './rows.mjs';
import * as sheet from './sheet.mjs';
import { applies, fillAnswers, fillRows, settle, showResult } from './view-tool.mjs';
import { all, first, nameOf, unhide } from './view.mjs';

export class ToolExercise {
  /** @param {HTMLElement} root @param {import('./view.mjs').View} view @param {import('./exercise.mjs').Asker} asker */
  constructor(root, view, asker) {
    this.root = root;
    this.view = view;
    this.asker = asker;
    this.definition = inert(root, 'definition');
    const table = first(root, '[data-table]');
    this.table = table && new Rows(root, table);
    this.touched = false;
    this.over = false;
    /** @type {string} the day a file that is open was saved, while nothing is changed */
    this.made = '';
    /** @type {import('./sheet.mjs').Sheet | undefined} an opened file that waits for a yes */
    this.waiting = undefined;
  }

  start() {
    const { root, view } = this;
    root.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.go();
    });
    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('input', (event) => (this.touched ||= /** @type {HTMLElement} */ (event.target).hasAttribute('name')));
    root.addEventListener('change', (event) => this.change(/** @type {HTMLElement} */ (event.target)));
    root.addEventListener('rows', () => this.changed());
    addEventListener('hashchange', () => this.arrive(location.hash.slice(1), true));
    addEventListener('pageshow', () => this.settle());
    addEventListener('beforeunload', (event) => {
      if (this.touched && !this.over) event.preventDefault();
    });
    document.addEventListener('page:exit', () => (this.touched = false));
    root.dataset.scripted = '';
    this.settle();
    view.show('', false);
    this.arrive(location.hash.slice(1), false);
  }

  /** @param {string} name @param {boolean} moveFocus */
  arrive(name, moveFocus) {
    const stays = moveFocus && nameOf(this.view.step()) !== 'result';
    if (name === 'result' && !this.over) return stays ? undefined : this.view.show('', false); // not of other answers
    if (name === 'check') this.fillCheck();
    const opened = first(this.root, '[data-opened]');
    if (opened && moveFocus) opened.hidden = true; // said already
    return this.view.show(name, moveFocus);
  }

  fillCheck() {
    this.table?.lockAll();
    fillAnswers(this.root);
    if (this.table) fillRows(this.root, this.table.rows());
  }

  settle() {
    settle(this.root);
    this.view.follow(all(this.root, '[data-step]').filter((step) => applies(this.root, step)).map(nameOf));
  }

  /** @param {HTMLElement} control */
  change(control) {
    if (control instanceof HTMLInputElement && control.files?.length) return this.files(control, [...control.files]);
    return control.getAttribute('name') ? this.changed() : undefined;
  }

  changed() {
    this.touched = true;
    this.over = false; // what was shown is no longer what is filled in
    this.made = '';
    this.settle();
  }

  /** @param {Event} event */
  click(event) {
    const control = /** @type {HTMLElement} */ (event.target).closest('button, a');
    if (!(control instanceof HTMLElement)) return;
    const { dataset } = control;
    if ('retry' in dataset) this.asker.again();
    else if ('print' in dataset) this.view.print(dataset.print ?? '');
    else if ('pasteRead' in dataset) this.paste();
    else if ('download' in dataset) download(`${this.root.dataset.name}-${day()}.json`, sheet.write(this.root, this.read()), 'application/json');
    else if ('take' in dataset) this.copy();
    else if ('replace' in dataset && this.waiting) this.write(this.waiting, 'opened');
    else if ('back' in dataset) {
      event.preventDefault();
      this.view.goBack();
    }
  }

  /** What is filled in. @returns {import('./sheet.mjs').Sheet} */
  read() {
    const today = first(this.root, '[data-today-value]');
    if (today instanceof HTMLInputElement) today.value = day();
    return { responses: sheet.readResponses(this.root), rows: this.table?.read() ?? [] };
  }

  /** Fill in what a file holds. @param {import('./sheet.mjs').Sheet} saved @param {string} state */
  write(saved, state) {
    sheet.writeResponses(this.root, saved.responses);
    this.table?.write(saved.rows);
    this.table?.lockAll();
    this.waiting = undefined;
    this.over = false;
    this.settle();
    this.tell('opened', [state]);
  }

  async go() {
    const step = this.view.step();
    if (!this.view.complete(step)) return;
    if ('asks' in step.dataset) await this.score();
    else if ('checks' in step.dataset) await this.look(step);
    else await this.view.goNext();
  }

  /** What is filled in, and what the engine says of it. @param {() => unknown} again */
  ask(again) {
    const message = () => ({ task: 'score', definition: this.definition, ...this.read(), room: room(first(this.root, 'form')) });
    return this.asker.ask('score', message, again);
  }

  /** Go on from a step once nothing on it needs mending. @param {HTMLElement} step */
  async look(step) {
    const reply = await this.ask(() => this.look(step));
    if (!reply) return;
    const here = this.places(reply.problems ?? []).filter(({ fields }) => step.contains(fields));
    if (here.length) this.view.sayEach(here);
    else await this.view.goNext();
  }

  async score() {
    const reply = await this.ask(() => this.score());
    if (!reply) return;
    if (reply.result) await this.show(reply);
    else await this.mend(this.places(reply.problems));
  }

  /** @param {{result: any, drawings: import('./view-tool.mjs').Drawings}} reply */
  async show({ result, drawings }) {
    const step = this.view.named('result');
    if (!step) return;
    this.over = true;
    this.fillCheck();
    const compared = first(step, '[data-compared]');
    if (compared) compared.hidden = true;
    showResult(step, result, drawings);
    const paragraph = first(step, '[data-paragraph]');
    if (paragraph instanceof HTMLTextAreaElement) paragraph.value = result.paragraph;
    await this.view.goTo(step);
  }

  /** Where in the form each problem is. @param {{name: string, key: string, row: number | null}[]} problems */
  places(problems) {
    const rows = this.table?.rows() ?? [];
    return problems.flatMap(({ name, key, row }) => {
      const around = row === null ? this.root : rows[row];
      if (around && row !== null) this.table?.reveal(around);
      const fields = around && all(around, `[data-field="${name}"]`).find((one) => row !== null || !one.closest('[data-row]'));
      return fields ? [{ fields, key }] : [];
    });
  }

  /** Go to the first step with something to mend, and say it there. @param {{fields: HTMLElement, key: string}[]} places */
  async mend(places) {
    const step = places[0]?.fields.closest('[data-step]');
    if (!(step instanceof HTMLElement)) return;
    await this.view.goTo(step);
    this.view.sayEach(places.filter(({ fields }) => step.contains(fields)));
  }

  async paste() {
    const box = first(this.root, '[data-paste-text]');
    if (!(box instanceof HTMLTextAreaElement) || !this.table) return;
    const message = () => ({ task: 'paste', definition: this.definition, text: box.value, words: offeredWords(this.root) });
    const reply = await this.asker.ask('paste', message, () => this.paste(), ['no_heading', 'too_long']);
    if (!reply) return;
    if (!reply.ok) return showPasted(this.root, reply.problem.key);
    const added = reply.rows.length ? this.table.append(reply.rows) : 0;
    if (added) this.changed();
    box.value = reply.rest;
    showPasted(this.root, 'read', reply, added);
  }

  /** @param {HTMLInputElement} control @param {File[]} files */
  async files(control, files) {
    const opened = await Promise.all(files.map((file) => sheet.open(this.root, file)));
    control.value = '';
    if ('earlierFile' in control.dataset) await this.compare(opened);
    else if (opened[0]) this.open(opened[0]);
  }

  /** @param {{state: string, made: string, sheet: import('./sheet.mjs').Sheet, dropped: number}} file */
  open({ state, made, sheet: saved, dropped }) {
    for (const place of all(this.root, '[data-opened-day]')) place.textContent = made && long(made);
    for (const place of all(this.root, '[data-opened-count]')) place.textContent = String(dropped);
    if (state !== 'opened' && state !== 'older') return this.tell('opened', [state]);
    if (this.touched) {
      this.waiting = saved;
      return this.tell('opened', ['replace']);
    }
    this.write(saved, state);
    this.made = made;
    return undefined;
  }

  /** Say how it went with a file, and move there. @param {string} about @param {string[]} states */
  tell(about, states) {
    const told = first(this.root, `[data-${about}]`);
    if (!told) return;
    unhide(told, `${about}-state`, states);
    told.hidden = false;
    told.focus();
  }

  /** Set this one beside earlier ones. @param {{state: string, made: string, sheet: import('./sheet.mjs').Sheet}[]} files */
  async compare(files) {
    const compared = first(this.root, '[data-compared]');
    if (!compared) return;
    compared.hidden = true;
    const bad = files.find(({ state }) => state !== 'opened' && state !== 'older');
    if (bad) return this.tell('earlier', [bad.state]);
    const visits = () => [...files.map(({ made, sheet: saved }) => ({ day: made, ...saved })), { day: this.made || day(), ...this.read() }];
    const message = () => ({ task: 'compare', definition: this.definition, visits: visits(), room: room(first(this.root, 'form')) });
    const reply = await this.asker.ask('compare', message, () => this.compare(files), ['too_long']);
    if (!reply) return;
    if (!reply.change) return this.tell('earlier', [reply.ok ? 'incomplete' : 'many']);
    showResult(compared, reply.change, reply.drawings);
    const told = first(this.root, '[data-earlier]');
    if (told) told.hidden = true;
    compared.hidden = false;
    compared.focus();
  }

  async copy() {
    const paragraph = first(this.root, '[data-paragraph]');
    if (!(paragraph instanceof HTMLTextAreaElement)) return;
    const copied = await navigator.clipboard?.writeText(paragraph.value).then(() => true, () => false);
    if (!copied) paragraph.select();
    for (const one of all(this.root, '[data-copied]')) one.hidden = one.dataset.copied !== String(Boolean(copied));
  }
}
