/** The data profile: what is asked of the engine, and when. A partnership's counts stay in this page; what is shown of them is `view-profile.mjs`. */

import { day } from './days.mjs';
import { room } from './draw.mjs';
import { inert } from './exercise.mjs';
import { download, readText } from './files.mjs';
import { all, first } from './view.mjs';
import { clear, show, tell } from './view-profile.mjs';

/** No file of counts is longer: the engine reads a good deal less. */
const LONGEST = 1_000_000;
/** A spreadsheet takes a file for UTF-8 when it begins with this. */
const MARK = '\ufeff';

export class ProfileExercise {
  /** @param {HTMLElement} root @param {import('./view.mjs').View} view @param {import('./exercise.mjs').Asker} asker */
  constructor(root, view, asker) {
    this.root = root;
    this.view = view;
    this.asker = asker;
    this.definition = inert(root, 'definition');
    this.box = /** @type {HTMLTextAreaElement} */ (root.querySelector('textarea[data-counts]'));
    /** What is shown, as a CSV file. */
    this.saved = '';
  }

  start() {
    const { root } = this;
    root.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.work();
    });
    root.addEventListener('click', (event) => this.click(event));
    first(root, '[data-open-file]')?.addEventListener('change', (event) => this.open(/** @type {HTMLInputElement} */ (event.target)));
    root.dataset.scripted = '';
  }

  /** @param {Event} event */
  click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    if (!button) return;
    const { dataset } = button;
    if ('retry' in dataset) this.asker.again();
    else if ('example' in dataset) this.fill(this.example());
    else if ('print' in dataset) this.view.print(dataset.print ?? '');
    else if ('save' in dataset) download(`${this.isExample() ? 'invented-example' : 'data-profile'}-${day()}.csv`, MARK + this.saved, 'text/csv');
    else if ('againFromStart' in dataset) this.empty();
  }

  example() {
    const template = this.root.querySelector('template[data-example-text]');
    return template instanceof HTMLTemplateElement ? (template.content.textContent ?? '') : '';
  }

  isExample() {
    return this.box.value.trim() === this.example().trim();
  }

  /** @param {string} text */
  fill(text) {
    this.box.value = text;
    return this.work();
  }

  empty() {
    this.box.value = '';
    this.saved = '';
    clear(this.root);
    for (const told of all(this.root, '[data-told]')) told.hidden = true;
    this.box.focus();
  }

  /** @param {HTMLInputElement} input */
  async open(input) {
    const file = input.files?.[0];
    if (!file) return;
    const text = await readText(file);
    input.value = '';
    if (text === null || text.includes('\0')) return tell(this.root, ['unreadable']);
    if (text.length > LONGEST) return tell(this.root, ['too_long']);
    const before = this.box.value;
    const read = await this.fill(text);
    if (read === false && before.trim()) this.box.value = before; // the wrong file takes nobody's rows away
    return undefined;
  }

  /** @returns {Promise<boolean | undefined>} whether there was anything to read; nothing when the engine did not answer */
  async work() {
    clear(this.root);
    this.saved = '';
    if (!this.box.value.trim()) return this.refuse('nothing');
    const message = () => ({ task: 'profile', definition: this.definition, text: this.box.value, room: room(first(this.root, 'form')) });
    const reply = await this.asker.ask('profile', message, () => this.work(), ['no_heading', 'too_long']);
    if (!reply) return undefined;
    if (!reply.ok) return this.refuse(reply.problem.key);
    this.view.clearErrors();
    this.saved = reply.saved;
    show(this.root, reply, this.isExample());
    return true;
  }

  /** @param {string} key */
  refuse(key) {
    this.view.clearErrors();
    tell(this.root, [key]);
    return false;
  }
}
