/**
 * What a question needs on the page: items that move, a story that goes on, a filled-in form put back, and what its mark shows. Knows no kind of
 * question: a form is names and values, and a mark is keys.
 *
 * @typedef {{fraction: number, state: string, problem: string | null, keys: string[], figures: Record<string, number>}} Mark
 */

import { all, first, part, unhide } from './view.mjs';

/**
 * What is filled in under some part of the form: every name there is, with its values, none where nothing is chosen.
 * @param {HTMLElement} part @returns {Record<string, string[]>}
 */
export function read(part) {
  /** @type {Record<string, string[]>} */
  const responses = {};
  for (const control of controls(part)) {
    const values = (responses[control.dataset.response ?? control.name] ??= []);
    const chosen = control instanceof HTMLSelectElement || !['radio', 'checkbox'].includes(control.type) || control.checked;
    if (chosen && control.value !== '') values.push((control.dataset.prefix ?? '') + control.value);
  }
  return responses;
}

/** Put values back as they were read. @param {HTMLElement} part @param {string[]} values */
export function write(part, values) {
  const wanted = new Set(values);
  for (const control of controls(part)) {
    const prefix = control.dataset.prefix ?? '';
    if (control instanceof HTMLSelectElement) {
      const option = [...control.options].find((one) => one.value !== '' && wanted.has(one.value));
      control.value = option?.value ?? control.options[0]?.value ?? '';
    } else if (['radio', 'checkbox'].includes(control.type)) control.checked = wanted.has(prefix + control.value);
    else control.value = values.find((value) => value.startsWith(prefix))?.slice(prefix.length) ?? '';
  }
  settle(part);
}

/** Bring what depends on the controls into line with them: after Back, the browser fills them in again. @param {HTMLElement} part */
export function settle(part) {
  for (const story of all(part, '[data-story]')) tell(story);
  for (const list of all(part, '[data-order]')) {
    const items = [...list.children];
    const place = (/** @type {Element} */ item) => /** @type {HTMLSelectElement} */ (item.querySelector('select')).selectedIndex;
    if (new Set(items.map(place)).size === items.length) list.append(...items.sort((one, other) => place(one) - place(other)));
    else renumber(list);
  }
}

/** Something was changed by hand. @param {HTMLElement} control */
export function changed(control) {
  const story = control.closest('[data-story]');
  if (story instanceof HTMLElement) tell(story, control);
  const item = control.closest('.order__item');
  if (control instanceof HTMLSelectElement && 'position' in control.dataset && item instanceof HTMLElement) {
    place(item, control.selectedIndex);
    control.focus();
  }
}

/** @param {HTMLElement} button @param {number} by */
export function move(button, by) {
  const item = button.closest('.order__item');
  if (!(item instanceof HTMLElement) || !item.parentElement) return;
  place(item, [...item.parentElement.children].indexOf(item) + by);
  button.focus();
}

/** Put into a question what it has only where a script runs. @param {HTMLElement} root @param {HTMLElement} step */
export function equip(root, step) {
  for (const name of ['buttons', 'onward', 'verdict']) first(step, `[data-${name}]`)?.replaceChildren(part(root, name));
}

/** How sure somebody said they were. @param {HTMLElement} step */
export function sureness(step) {
  const chosen = first(step, '[data-sure]:checked');
  return chosen instanceof HTMLInputElement ? chosen.value : null;
}

/** @param {HTMLElement} step @param {string | null} level */
export function writeSureness(step, level) {
  for (const control of all(step, '[data-sure]')) if (control instanceof HTMLInputElement) control.checked = control.value === level;
}

/** Hints that are open count as used. @param {HTMLElement} step */
export function hintsUsed(step) {
  const hints = first(step, '[data-hints]');
  return hints instanceof HTMLDetailsElement && hints.open ? hints.querySelectorAll('li').length : 0;
}

/** Show what a mark says: the verdict, the reasons, and nothing left to press but Continue. @param {HTMLElement} step @param {Mark} mark @param {boolean} moveFocus */
export function showMark(step, mark, moveFocus) {
  const answers = first(step, '[data-answers]');
  if (!(answers instanceof HTMLDetailsElement)) return;
  unhide(answers, 'state', [mark.problem ? 'unanswered' : mark.state]);
  unhide(answers, 'key', mark.keys);
  showFigures(answers, mark.figures);
  const wrong = sureness(step) === 'sure' && mark.state !== 'right';
  for (const said of all(step, '[data-sure-wrong]')) said.hidden = !wrong;
  answers.hidden = false;
  answers.open = true;
  answers.dataset.marked = mark.state;
  for (const fields of all(step, '[data-fields], [data-certainty]')) if (fields instanceof HTMLFieldSetElement) fields.disabled = true;
  for (const spent of all(step, '[data-check], [data-skip], [data-give-up]')) spent.hidden = true;
  for (const next of all(step, '[data-next]')) next.hidden = false;
  if (moveFocus) first(answers, '[data-verdict]')?.focus();
}

/** As it was before it was answered; what is filled in stays unless it is to be blank. @param {HTMLElement} step @param {boolean} blank */
export function reset(step, blank) {
  const answers = first(step, '[data-answers]');
  if (answers instanceof HTMLDetailsElement) {
    answers.hidden = true;
    answers.open = false;
    delete answers.dataset.marked;
  }
  for (const fields of all(step, '[data-fields], [data-certainty]')) if (fields instanceof HTMLFieldSetElement) fields.disabled = false;
  for (const button of all(step, '[data-check], [data-skip]')) button.hidden = false;
  for (const button of all(step, '[data-give-up], [data-next]')) button.hidden = true;
  const hints = first(step, '[data-hints]');
  if (hints instanceof HTMLDetailsElement) hints.open = false;
  if (!blank) return;
  write(step, []);
  writeSureness(step, null);
  for (const list of all(step, '[data-order]')) restart(list);
}

/** Not right yet, and there are tries left: open the hints and say so. @param {HTMLElement} root @param {HTMLElement} step @param {string} state @param {number} left */
export function sayAgain(root, step, state, left) {
  const hints = first(step, '[data-hints]');
  if (hints instanceof HTMLDetailsElement) hints.open = true;
  const again = first(root, '[data-again]');
  for (const button of all(step, '[data-give-up]')) button.hidden = false;
  if (!again) return;
  unhide(again, 'again-state', [state]);
  unhide(again, 'again-left', [String(left)]);
  again.hidden = false;
  again.focus();
}

/** @param {ParentNode} part */
function controls(part) {
  return /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (part.querySelectorAll('input[name]:not([data-sure]), select[name]'));
}

/** @param {HTMLElement} list */
function renumber(list) {
  all(list, 'select[data-position]').forEach((select, index) => {
    if (select instanceof HTMLSelectElement) select.selectedIndex = index;
  });
}

/** The order the page came with: that in which each list's positions were selected. @param {HTMLElement} list */
function restart(list) {
  const came = (/** @type {Element} */ item) => [...item.querySelectorAll('option')].findIndex((option) => option.defaultSelected);
  list.append(...[...list.children].sort((one, other) => came(one) - came(other)));
  renumber(list);
}

/** @param {HTMLElement} item @param {number} index */
function place(item, index) {
  const list = /** @type {HTMLElement} */ (item.parentElement);
  const others = [...list.children].filter((one) => one !== item);
  const to = Math.max(0, Math.min(index, others.length));
  list.insertBefore(item, others[to] ?? null);
  renumber(list);
  const status = list.parentElement && first(list.parentElement, '[data-moved]');
  if (status) status.textContent = `${first(item, '.order__text')?.textContent}: position ${to + 1} of ${others.length + 1}`;
}

/** A story shows its first part, and after each decision the part it leads to. @param {HTMLElement} story @param {HTMLElement} [chosen] */
function tell(story, chosen) {
  const scenes = all(story, '[data-scene]');
  let scene = scenes.find((one) => 'sceneStart' in one.dataset);
  /** @type {Set<HTMLElement>} */
  const told = new Set();
  while (scene && !told.has(scene)) {
    told.add(scene);
    const choice = scene.querySelector('input:checked');
    scene = choice instanceof HTMLInputElement ? scenes.find((one) => one.dataset.scene === choice.dataset.leadsTo) : undefined;
  }
  for (const one of scenes) {
    one.hidden = !told.has(one);
    for (const choice of one.querySelectorAll('input')) if (one.hidden) choice.checked = false;
  }
  story.append(...told); // in the order of the path
  if (!chosen) return;
  const status = story.querySelector('[data-story-status]');
  if (status) status.textContent = 'The story goes on below.';
  chosen.focus(); // moving a part takes the focus from what is in it
}

/** Put figures in their places, and show the words around them where there are any. @param {Element} part @param {Record<string, number>} figures */
function showFigures(part, figures) {
  for (const block of all(part, '[data-figures]')) block.hidden = !('kappa' in figures);
  for (const place of all(part, '[data-figure]')) {
    const figure = figures[place.dataset.figure ?? ''] ?? 0;
    place.textContent = place.dataset.as === 'percent' ? String(Math.round(figure * 100)) : figure.toFixed(2);
  }
}
