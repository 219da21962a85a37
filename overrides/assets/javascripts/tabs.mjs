/**
 * One module in two tabs. One attempt at it is kept: that of the tab in which it was begun, or gone on with, last. The other tab says so, writes
 * nothing over it, and offers to keep its own instead. What is finished is kept from both.
 *
 * @typedef {import('./module.mjs').ModuleExercise} ModuleExercise
 */

import { kept, put } from './keeping.mjs';
import { all, first } from './view.mjs';

/** Whether another tab has begun this module, or gone on with it, since this one did. @param {ModuleExercise} module */
export function isElsewhere({ draft, over, mine, name }) {
  const there = kept()?.drafts[name];
  return !!draft && !over && !!there && !mine.has(there.id);
}

/** What is kept has changed, here or in another tab. @param {ModuleExercise} module */
export function tellElsewhere(module) {
  const { root, view } = module;
  for (const words of all(root, '[data-elsewhere]')) words.hidden = !isElsewhere(module);
  if (view.step() === view.steps()[0]) module.showStart();
}

/** Keep what is under way here in place of what the other tab has. @param {ModuleExercise} module */
export function takeOver({ draft, name, view }) {
  if (draft) put((record) => (record.drafts[name] = draft));
  first(view.step(), '[data-heading]')?.focus();
}
