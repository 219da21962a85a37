/**
 * Everything a module or tool changes on the page, and nothing else does: which step is shown, what is unhidden, where focus goes
 * and what is announced. All words are already in the page; this only shows and hides them.
 *
 * @typedef {ReturnType<typeof createView>} View
 */

import { showFigures, showSureness, tell } from './parts.mjs';

/** @param {Element} root @param {string} selector @returns {HTMLElement[]} */
const all = (root, selector) => [...root.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);

/** @param {Element} root @param {string} selector @returns {HTMLElement | undefined} */
const first = (root, selector) => all(root, selector)[0];

/** Milliseconds after which a wait is worth a word. */
const PATIENCE = 400;

/** @param {HTMLElement} root */
export function createView(root) {
  const steps = all(root, '[data-step]');
  const title = document.title;
  const start = /** @type {HTMLElement} */ (steps[0]);
  let current = start;
  let finished = false;
  let worksheet = false;
  /** @type {Record<string, true>} names of controls a person has changed since the page opened */
  const changes = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  const names = (/** @type {HTMLElement} */ step) => step.dataset.step ?? '';
  const after = () => steps[steps.indexOf(current) + 1];
  const before = () => steps[steps.indexOf(current) - 1];

  /** The step of that name, the first for none. A tool's result is no step before it has been asked for. @param {string} name */
  function find(name) {
    const step = name ? steps.find((one) => names(one) === name) : start;
    return name === 'result' && !finished && root.dataset.task === 'score' ? undefined : step;
  }

  /** Show one step. @param {string} name @param {boolean} moveFocus */
  function show(name, moveFocus) {
    const step = find(name);
    if (!step) return;
    clearErrors();
    current = step;
    for (const one of steps) one.hidden = one !== step;
    root.toggleAttribute('data-under-way', step !== start);
    if (step.dataset.step === 'check') fillAnswers();
    if (!moveFocus) return;
    all(step, '[data-heading]').find((heading) => !heading.closest('[hidden]'))?.focus({ preventScroll: true });
    root.scrollIntoView({ block: 'start' });
  }

  /** Go to a step so that the browser's Back comes here again. @param {HTMLElement | undefined} step */
  function goTo(step) {
    if (!step) return;
    if (location.hash === `#${names(step)}`) show(names(step), true);
    else location.hash = names(step);
  }

  function clearErrors() {
    document.title = title;
    const summary = first(root, '[data-error-summary]');
    if (summary) summary.hidden = true;
    first(root, '[data-error-list]')?.replaceChildren();
    for (const shown of all(root, '[data-problem]')) shown.hidden = true;
    for (const fields of all(root, '[data-fields]')) {
      fields.classList.remove('field--error');
      for (const control of all(fields, '[aria-invalid]')) control.removeAttribute('aria-invalid');
    }
    for (const trouble of all(root, '[data-trouble]')) trouble.hidden = true;
  }

  /** Say what is wrong: beside the field and in a summary that takes focus. @param {HTMLElement[]} fieldsets @param {string} key */
  function say(fieldsets, key) {
    clearErrors();
    const list = first(root, '[data-error-list]');
    const summary = first(root, '[data-error-summary]');
    for (const fields of fieldsets) {
      const words = first(fields, `[data-problem="${key}"]`) ?? first(fields, '[data-problem="unknown_value"]');
      const control = first(fields, 'input, select');
      if (!words || !control) continue;
      words.hidden = false;
      fields.classList.add('field--error');
      control.setAttribute('aria-invalid', 'true');
      const link = document.createElement('a');
      link.href = `#${control.id}`;
      link.textContent = first(words, '[data-words]')?.textContent ?? '';
      link.addEventListener('click', (event) => {
        event.preventDefault();
        control.focus();
      });
      const item = document.createElement('li');
      item.append(link);
      list?.append(item);
    }
    if (!summary) return;
    document.title = `Error: ${title}`;
    summary.hidden = false;
    summary.focus();
  }

  /** The words of what is chosen, for the list of answers to check. */
  function fillAnswers() {
    for (const place of all(root, '[data-answer]')) {
      const chosen = first(root, `input[name="${place.dataset.answer}"]:checked`);
      const label = chosen && first(root, `label[for="${chosen.id}"]`);
      const words = label && (first(label, '[data-label]') ?? label).textContent;
      const level = label && words !== label.textContent ? label.textContent : words;
      place.textContent = chosen ? (place.dataset.none ? 'Ticked' : (level ?? '').trim().replace(/\s+/g, ' ')) : (place.dataset.none ?? 'Not answered');
    }
  }

  /** @param {Element} part @param {string} name @param {Iterable<string>} keys */
  function unhide(part, name, keys) {
    const wanted = new Set(keys);
    for (const one of all(part, `[data-${name}]`)) one.hidden = !wanted.has(one.dataset[name] ?? '');
  }

  /** @param {HTMLElement} list */
  function renumber(list) {
    all(list, 'select[data-position]').forEach((select, index) => {
      if (select instanceof HTMLSelectElement) select.selectedIndex = index;
    });
  }

  /** After Back, the browser fills controls in again: bring what depends on them into line. */
  function restore() {
    showAge(/** @type {HTMLInputElement | undefined} */ (first(root, 'input[name="age"]:checked'))?.value ?? '');
    for (const story of all(root, '[data-story]')) tell(story);
    for (const list of all(root, '[data-order]')) {
      const items = [...list.children];
      const place = (/** @type {Element} */ item) => /** @type {HTMLSelectElement} */ (item.querySelector('select')).selectedIndex;
      const places = items.map(place);
      if (new Set(places).size === items.length) list.append(...items.sort((one, other) => place(one) - place(other)));
      else renumber(list);
    }
  }

  /** Notes for other ages than the child's are put away; with no age chosen yet, all are. @param {string} age */
  function showAge(age) {
    for (const note of all(root, '[data-age]')) note.hidden = note.dataset.age !== age;
  }

  /** @param {HTMLElement} item @param {number} index */
  function place(item, index) {
    const list = /** @type {HTMLElement} */ (item.parentElement);
    const others = [...list.children].filter((one) => one !== item);
    const to = Math.max(0, Math.min(index, others.length));
    list.insertBefore(item, others[to] ?? null);
    renumber(list);
    changes[first(item, 'select')?.getAttribute('name') ?? ''] = true;
    const status = list.parentElement && first(list.parentElement, '[data-moved]');
    if (status) status.textContent = `${first(item, '.order__text')?.textContent}: position ${to + 1} of ${others.length + 1}`;
  }

  return {
    step: () => current,
    show,
    goNext: () => goTo(after()),
    goBack: () => goTo(before()),
    hasChanged: () => Object.keys(changes).length > 0,
    touched: () => changes,
    hasResult: () => finished,
    isWorksheet: () => worksheet,
    isLastQuestion: () => !!current.dataset.question && !after()?.dataset.question,

    /** Turn the worksheet into steps. @param {string} name the step to begin with */
    begin(name) {
      root.dataset.scripted = '';
      restore();
      for (const answers of all(root, '[data-question] [data-answers]')) answers.hidden = true;
      show(find(name) ? name : '', false);
      addEventListener('pageshow', restore);
    },

    /** @param {HTMLElement} control */
    changed(control) {
      const name = control.dataset.response ?? control.getAttribute('name');
      if (name && !('sure' in control.dataset)) changes[name] = true;
      if (control.closest('[data-story]')) tell(/** @type {Element} */ (control.closest('[data-story]')), control);
      if (root.dataset.task === 'score') finished = false; // what was shown is no longer what is filled in
      if (name === 'age') showAge(/** @type {HTMLInputElement} */ (control).value);
      const item = control.closest('.order__item');
      if (control instanceof HTMLSelectElement && 'position' in control.dataset && item instanceof HTMLElement) {
        place(item, control.selectedIndex);
        control.focus();
      }
    },

    /** @param {HTMLElement} button @param {number} by */
    move(button, by) {
      const item = button.closest('.order__item');
      if (!(item instanceof HTMLElement) || !item.parentElement) return;
      place(item, [...item.parentElement.children].indexOf(item) + by);
      button.focus();
    },

    /** Whether every set of choices that needs an answer has one; says so where not. @param {HTMLElement} step */
    complete(step) {
      const open = all(step, '[data-required]').filter((fields) => !fields.querySelector('input:checked'));
      if (open.length) say(open, 'unanswered');
      return !open.length;
    },

    /** @param {HTMLElement} step @param {string} key */
    problem(step, key) {
      say(all(step, '[data-fields]'), key);
    },

    /** Items the engine found blank: go to the first, and say so there. @param {string[]} ids */
    missing(ids) {
      const fields = first(root, `[data-required="${ids[0]}"]`);
      const step = fields?.closest('[data-step]');
      if (!(step instanceof HTMLElement)) return;
      addEventListener('hashchange', () => this.complete(step), { once: true }); // after the step is shown
      goTo(step);
    },

    /** @param {HTMLElement} step @param {{state: string, keys: string[], figures: Record<string, number>}} mark */
    marked(step, mark) {
      clearErrors();
      worksheet = false;
      const answers = first(step, '[data-answers]');
      if (!(answers instanceof HTMLDetailsElement)) return;
      unhide(answers, 'state', [mark.state]);
      unhide(answers, 'key', mark.keys);
      showFigures(answers, mark.figures);
      showSureness(root, step, mark.state);
      answers.hidden = false;
      answers.open = true;
      answers.dataset.marked = mark.state;
      for (const fields of all(step, '[data-fields]')) if (fields instanceof HTMLFieldSetElement) fields.disabled = true;
      for (const spent of all(step, '[data-check], [data-skip]')) spent.hidden = true;
      for (const next of all(step, '[data-next]')) next.hidden = false;
      first(answers, '[data-verdict]')?.focus();
    },

    /** Show the whole result. @param {string[]} keys @param {Record<string, number>} slots */
    result(keys, slots) {
      const step = steps[steps.length - 1] ?? start;
      finished = true;
      fillAnswers();
      const block = first(step, '[data-result]') ?? step;
      unhide(step, 'key', keys);
      for (const [name, value] of Object.entries(slots)) for (const slot of all(step, `[data-slot="${name}"]`)) slot.textContent = String(value);
      for (const today of all(step, '[data-today]')) today.textContent = new Date().toLocaleDateString('en-GB', { dateStyle: 'long' });
      block.hidden = false;
      if (current === step) show(names(step), true);
      else goTo(step);
    },

    /** @param {boolean} on */
    waiting(on) {
      clearTimeout(patience);
      root.setAttribute('aria-busy', String(on));
      const words = first(root, '[data-waiting-words]');
      if (!words) return;
      if (on) patience = setTimeout(() => (words.hidden = false), PATIENCE);
      else words.hidden = true;
    },

    /** The engine did not answer. @param {string} cause */
    trouble(cause) {
      clearErrors();
      const trouble = first(current, '[data-trouble]');
      if (!trouble) return;
      unhide(trouble, 'cause', [cause]);
      trouble.hidden = false;
      trouble.focus();
    },

    /** The worksheet's answers, for someone whose browser cannot mark. */
    offerAnswers() {
      worksheet = true;
      for (const answers of all(root, '[data-answers]')) {
        if (answers instanceof HTMLDetailsElement && !answers.dataset.marked) answers.hidden = false;
      }
      for (const next of all(root, '[data-next]')) next.hidden = false;
      const mine = first(current, '[data-answers]');
      if (mine instanceof HTMLDetailsElement) {
        mine.open = true;
        first(mine, 'summary')?.focus();
      }
    },

    /** @param {string} what `blank` for a sheet to fill in by hand, `result` for what is shown */
    print(what) {
      root.dataset.printing = what;
      addEventListener('afterprint', () => delete root.dataset.printing, { once: true });
      print();
    },
  };
}
