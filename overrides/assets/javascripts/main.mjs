/**
 * Starts what a page has: the page's own behaviour, then each module or tool on it. Reads forms, asks the engine, and tells
 * `view.mjs` what to show. Knows no kind of question and no rule of a tool: a form is names and values.
 */

import { createClient, startEarly, EngineError } from './client.mjs';
import { startPage } from './page.mjs';
import { createView } from './view.mjs';

/**
 * @typedef {import('./view.mjs').View} View
 * @typedef {Record<string, string[]>} Responses
 * @typedef {import('./client.mjs').Client} Client
 */

/** @param {HTMLElement} root @param {string} name @returns {any} */
function inert(root, name) {
  return JSON.parse(root.querySelector(`script[data-${name}]`)?.textContent ?? 'null');
}

/**
 * What is filled in under some part of the form: every name there is, with its values, none where nothing is chosen.
 * @param {HTMLElement} part @returns {Responses}
 */
export function read(part) {
  /** @type {Responses} */
  const responses = {};
  const controls = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (part.querySelectorAll('input[name]:not([data-sure]), select[name]'));
  for (const control of controls) {
    const values = (responses[control.dataset.response ?? control.name] ??= []);
    const chosen = control instanceof HTMLSelectElement || !['radio', 'checkbox'].includes(control.type) || control.checked;
    if (chosen && control.value !== '') values.push((control.dataset.prefix ?? '') + control.value);
  }
  return responses;
}

/** One module or tool: its steps, what has been marked, and the engine it asks. */
class Exercise {
  /** @param {HTMLElement} root @param {View} view @param {Client} client */
  constructor(root, view, client) {
    this.root = root;
    this.view = view;
    this.client = client;
    this.task = root.dataset.task ?? '';
    this.definition = inert(root, 'definition');
    /** @type {Set<string>} questions whose answers were marked, and so may no longer be lost by leaving */
    this.marked = new Set();
    this.busy = false;
    /** @type {() => unknown} what "Try again" does: ask once more what came to nothing */
    this.again = () => this.go();
  }

  start() {
    const { root, view } = this;
    root.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.go();
    });
    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('change', (event) => view.changed(/** @type {HTMLElement} */ (event.target)));
    addEventListener('hashchange', () => view.show(location.hash.slice(1), true));
    addEventListener('beforeunload', (event) => {
      if (this.hasUnmarked()) event.preventDefault();
    });
    document.addEventListener('page:exit', () => this.marked.clear());
    view.begin(location.hash.slice(1));
  }

  /** @param {Event} event */
  click(event) {
    const control = /** @type {HTMLElement} */ (event.target).closest('button, a');
    if (!(control instanceof HTMLElement)) return;
    const { view } = this;
    if ('next' in control.dataset && control.getAttribute('type') === 'button') this.next();
    else if ('skip' in control.dataset) this.next();
    else if ('retry' in control.dataset) this.again();
    else if ('showAnswers' in control.dataset) view.offerAnswers();
    else if ('move' in control.dataset) view.move(control, Number(control.dataset.move));
    else if ('print' in control.dataset) view.print(control.dataset.print ?? '');
    else if ('back' in control.dataset) {
      event.preventDefault();
      view.goBack();
    }
  }

  /** What the step's main button does: check this answer, ask for the whole result, or go on. */
  go() {
    const step = this.view.step();
    if (step.dataset.question) return this.marked.has(step.dataset.question) ? this.next() : this.mark(step, step.dataset.question);
    if (!this.view.complete(step)) return undefined;
    return step.dataset.asks && this.task === 'score' ? this.score() : this.view.goNext();
  }

  /** Go on from a question; from the last one, to the whole result. Where nothing can be marked there is none to ask for. */
  next() {
    if (this.task === 'mark' && this.view.isLastQuestion() && !this.view.isWorksheet()) return this.summarise();
    return this.view.goNext();
  }

  /** @param {HTMLElement} step @param {string} question */
  async mark(step, question) {
    this.again = () => this.mark(step, question);
    const reply = await this.ask(() => ({ [question]: read(step)[question] ?? [] }));
    const mark = reply?.marks[question];
    if (!mark) return;
    if (mark.problem) {
      this.view.problem(step, mark.problem);
      return;
    }
    this.marked.add(question);
    this.view.marked(step, mark);
  }

  async summarise() {
    this.again = () => this.summarise();
    const reply = await this.ask(() => this.answers());
    if (!reply) return;
    const { summary } = reply;
    const slots = { right: summary.right, of: summary.of, percent: Math.floor(summary.score * 100 + 1e-9) };
    this.view.result(summary.keys, slots);
  }

  async score() {
    this.again = () => this.score();
    const reply = await this.ask(() => this.answers());
    if (!reply) return;
    if (reply.result) this.view.result(reply.result.keys, {});
    else this.view.missing(reply.missing);
  }

  /** The whole form. A question that was skipped is there with no values. @returns {Responses} */
  answers() {
    const all = read(this.root);
    if (this.task !== 'mark') return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length));
    return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, this.marked.has(name) ? values : []]));
  }

  /**
   * Asks until the reply is to what is filled in: the first may take seconds to come, and people change their minds.
   * @param {() => Responses} responses @returns {Promise<any>} the reply, or nothing when there was none
   */
  async ask(responses) {
    if (this.busy) return undefined;
    this.busy = true;
    this.view.waiting(true);
    try {
      const message = () => JSON.stringify({ task: this.task, definition: this.definition, responses: responses() });
      let asked = message();
      let answer = await this.client.ask(asked);
      while (message() !== asked) answer = await this.client.ask((asked = message()));
      const reply = JSON.parse(answer);
      if (reply.ok) return reply;
      console.error(reply.problem.text);
      this.view.trouble('refused');
    } catch (error) {
      console.error(error);
      this.view.trouble(error instanceof EngineError ? error.key : 'died');
    } finally {
      this.busy = false;
      this.view.waiting(false);
    }
    return undefined;
  }

  /** Whether something typed or chosen would be lost unread. */
  hasUnmarked() {
    return this.view.hasChanged() && !this.view.hasResult() && Object.keys(this.view.touched()).some((name) => !this.marked.has(name));
  }
}

for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-quiz]:not([data-started])'))) {
  root.dataset.started = '';
  const client = createClient(inert(root, 'runtime'));
  const exercise = new Exercise(root, createView(root), client);
  exercise.start();
  startEarly(client, root.querySelectorAll('form'));
}
startPage();
