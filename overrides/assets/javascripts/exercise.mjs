/**
 * Starts a module or tool on the page, and asks the engine for it. What is asked and what is done with the reply is `module.mjs`,
 * `tool.mjs` or `start.mjs`, which know no kind of question and no rule of a tool either.
 *
 * @typedef {import('./client.mjs').Client} Client
 * @typedef {import('./view.mjs').View} View
 */

import { createClient, startEarly, EngineError } from './client.mjs';
import { createView } from './view.mjs';

/** @param {ParentNode} root @param {string} name @returns {any} what the page carries as JSON */
export function inert(root, name) {
  return JSON.parse(root.querySelector(`script[data-${name}]`)?.textContent ?? 'null');
}

/** Asks, one thing at a time for each subject, and says what went wrong. */
export class Asker {
  /** @param {Client} client @param {View} view */
  constructor(client, view) {
    this.client = client;
    this.view = view;
    /** @type {Set<string>} */
    this.busy = new Set();
    /** @type {() => unknown} what "Try again" does: ask once more what came to nothing */
    this.again = () => undefined;
  }

  /**
   * Asks until the reply is to what is filled in: the first may take seconds to come, and people change their minds.
   * @param {string} subject what is asked about: asked again meanwhile, it is not asked twice
   * @param {() => Record<string, unknown> | string} message as JSON where it is a text @param {() => unknown} again
   * @param {string[]} [refusals] keys of refusals that whoever asks has words for
   * @returns {Promise<any>} the reply, or nothing when there was none
   */
  async ask(subject, message, again, refusals = []) {
    if (this.busy.has(subject)) return undefined;
    this.busy.add(subject);
    this.view.waiting(true);
    try {
      const write = (made = message()) => (typeof made === 'string' ? made : JSON.stringify(made));
      let asked = write();
      let answer = await this.client.ask(asked);
      for (let now = write(); now !== asked; now = write()) answer = await this.client.ask((asked = now));
      const reply = JSON.parse(answer);
      if (reply.ok || refusals.includes(reply.problem.key)) return reply;
      console.error(reply.problem.text);
      this.fail('refused', again);
    } catch (error) {
      console.error(error);
      this.fail(error instanceof EngineError ? error.key : 'died', again);
    } finally {
      this.busy.delete(subject);
      if (!this.busy.size) this.view.waiting(false);
    }
    return undefined;
  }

  /** @param {string} cause @param {() => unknown} again */
  fail(cause, again) {
    this.again = again;
    this.view.trouble(cause);
  }
}

const KINDS = {
  mark: () => import('./module.mjs').then(({ ModuleExercise }) => ModuleExercise),
  route: () => import('./start.mjs').then(({ StartExercise }) => StartExercise),
  profile: () => import('./profile.mjs').then(({ ProfileExercise }) => ProfileExercise),
  score: () => import('./tool.mjs').then(({ ToolExercise }) => ToolExercise),
};

/** Start what is on the page; starting twice does nothing. @param {HTMLElement} root */
export async function startExercise(root) {
  if ('started' in root.dataset) return;
  root.dataset.started = '';
  const client = createClient(inert(root, 'runtime'));
  const view = createView(root);
  const Exercise = await KINDS[/** @type {keyof typeof KINDS} */ (root.dataset.task)]();
  new Exercise(root, view, new Asker(client, view)).start();
  startEarly(client, root.querySelectorAll('form'));
}
