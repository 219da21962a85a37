/** Where to start: a few scenes and a sort of work, and from them a way to take the training and the modules to begin with. */

import { inert } from './exercise.mjs';
import * as question from './view-question.mjs';
import { all, first, nameOf, unhide } from './view.mjs';

export class StartExercise {
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
      this.go(true);
    });
    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('input', () => (this.touched = true));
    addEventListener('hashchange', () => this.arrive(location.hash.slice(1), true));
    addEventListener('beforeunload', (event) => {
      if (this.touched && !this.over) event.preventDefault();
    });
    document.addEventListener('page:exit', () => (this.touched = false));
    root.dataset.scripted = '';
    const steps = all(root, '[data-question]');
    for (const step of steps) question.reset(step, false);
    for (const button of all(root, '[data-check]')) button.textContent = 'Continue';
    const end = steps.at(-1);
    const last = end && first(end, '[data-check]');
    if (last) last.textContent = 'See where to start';
    view.follow(all(root, '[data-step]').map(nameOf));
    view.show('', false);
    this.arrive(location.hash.slice(1), false);
  }

  /** @param {string} name @param {boolean} moveFocus */
  arrive(name, moveFocus) {
    this.view.show(name === 'result' && !this.over ? '' : name, moveFocus);
  }

  /** @param {Event} event */
  click(event) {
    const control = /** @type {HTMLElement} */ (event.target).closest('button, a');
    if (!(control instanceof HTMLElement)) return;
    if ('skip' in control.dataset) this.skip();
    else if ('next' in control.dataset && control.getAttribute('type') === 'button') this.view.goNext();
    else if ('retry' in control.dataset) this.asker.again();
    else if ('showAnswers' in control.dataset) this.offerAnswers();
    else if ('back' in control.dataset) {
      event.preventDefault();
      this.view.goBack();
    }
  }

  skip() {
    question.reset(this.view.step(), true);
    this.go(false);
  }

  /** @param {boolean} wanted whether an answer is asked for */
  go(wanted) {
    const step = this.view.step();
    const blank = !step.querySelector('input:checked');
    if (!this.over && wanted && blank && step.querySelector('input')) return this.view.say(all(step, '[data-fields]'), 'unanswered');
    return this.view.next()?.dataset.step === 'result' && !this.over ? this.ask() : this.view.goNext();
  }

  async ask() {
    const form = this.root.querySelector('form');
    const message = () => {
      const { role = [], ...responses } = form ? question.read(form) : {};
      return { task: 'route', definition: this.definition, role: role[0] ?? '', responses };
    };
    const reply = await this.asker.ask('route', message, () => this.ask());
    const end = this.view.named('result');
    if (!reply || !end) return;
    this.over = true;
    for (const step of all(this.root, '[data-question]')) {
      const mark = reply.marks[nameOf(step)];
      if (mark) question.showMark(step, mark, false);
      for (const item of all(end, `[data-listed="${nameOf(step)}"]`)) unhide(item, 'state', [mark && !mark.problem ? mark.state : 'unanswered']);
    }
    unhide(end, 'key', reply.keys);
    this.view.goTo(end);
  }

  /** The reasons, for someone whose browser cannot mark. */
  offerAnswers() {
    this.over = true;
    this.view.clearErrors();
    for (const answers of all(this.root, '[data-answers]')) answers.hidden = false;
    const mine = first(this.view.step(), '[data-answers]');
    if (!(mine instanceof HTMLDetailsElement)) return;
    mine.open = true;
    first(mine, 'summary')?.focus();
  }
}
