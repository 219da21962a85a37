/**
 * A tool: its steps, and the result of what is filled in. Decides what happens; what is seen is the views'.
 */

import { inert } from './exercise.mjs';
import { read } from './view-question.mjs';
import { fillAnswers, showAge } from './view-tool.mjs';
import { all, first, nameOf, unhide } from './view.mjs';

export class ToolExercise {
  /** @param {HTMLElement} root @param {import('./view.mjs').View} view @param {import('./exercise.mjs').Asker} asker */
  constructor(root, view, asker) {
    this.root = root;
    this.view = view;
    this.asker = asker;
    this.definition = inert(root, 'definition');
    this.touched = false;
    this.over = false;
  }

  start() {
    const { root, view } = this;
    root.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.go();
    });
    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('change', (event) => this.change(/** @type {HTMLElement} */ (event.target)));
    addEventListener('hashchange', () => this.arrive(location.hash.slice(1), true));
    addEventListener('pageshow', () => this.settle());
    addEventListener('beforeunload', (event) => {
      if (this.touched && !this.over) event.preventDefault();
    });
    document.addEventListener('page:exit', () => (this.touched = false));
    root.dataset.scripted = '';
    view.follow(all(root, '[data-step]').map(nameOf));
    this.settle();
    this.arrive(location.hash.slice(1), false);
  }

  /** @param {string} name @param {boolean} moveFocus */
  arrive(name, moveFocus) {
    if (name === 'result' && !this.over) return moveFocus ? undefined : this.view.show('', false); // not of other answers
    if (name === 'check') fillAnswers(this.root);
    return this.view.show(name, moveFocus);
  }

  settle() {
    const age = first(this.root, 'input[name="age"]:checked');
    showAge(this.root, age instanceof HTMLInputElement ? age.value : '');
  }

  /** @param {HTMLElement} control */
  change(control) {
    if (!control.getAttribute('name')) return;
    this.touched = true;
    this.over = false; // what was shown is no longer what is filled in
    this.settle();
  }

  /** @param {Event} event */
  click(event) {
    const control = /** @type {HTMLElement} */ (event.target).closest('button, a');
    if (!(control instanceof HTMLElement)) return;
    if ('retry' in control.dataset) this.asker.again();
    else if ('print' in control.dataset) this.view.print(control.dataset.print ?? '');
    else if ('back' in control.dataset) {
      event.preventDefault();
      this.view.goBack();
    }
  }

  go() {
    const step = this.view.step();
    if (!this.view.complete(step)) return undefined;
    return 'asks' in step.dataset ? this.score() : this.view.goNext();
  }

  async score() {
    const responses = () => Object.fromEntries(Object.entries(read(this.root)).filter(([, values]) => values.length));
    const message = () => ({ task: 'score', definition: this.definition, responses: responses() });
    const reply = await this.asker.ask('score', message, () => this.score());
    if (!reply) return;
    if (reply.result) this.show(reply.result);
    else this.missing(reply.missing);
  }

  /** @param {{keys: string[]}} result */
  show(result) {
    const step = this.view.named('result');
    if (!step) return;
    this.over = true;
    fillAnswers(this.root);
    unhide(step, 'key', result.keys);
    this.view.goTo(step);
  }

  /** Items the engine found blank: go to the first, and say so there. @param {string[]} ids */
  missing(ids) {
    const step = first(this.root, `[data-required="${ids[0]}"]`)?.closest('[data-step]');
    if (!(step instanceof HTMLElement)) return;
    addEventListener('hashchange', () => this.view.complete(step), { once: true }); // after the step is shown
    this.view.goTo(step);
  }
}
