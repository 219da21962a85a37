/**
 * What a module and a tool have in common on the page: which step is shown, what is unhidden, where focus goes, what is announced. All words
 * are already in the page; this only shows and hides them. What a question needs beyond that is `view-question.mjs`, a tool `view-tool.mjs`.
 *
 * @typedef {ReturnType<typeof createView>} View
 */

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement[]} */
export const all = (root, selector) => [...root.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement | undefined} */
export const first = (root, selector) => all(root, selector)[0];

/** @param {HTMLElement} step */
export const nameOf = (step) => step.dataset.step ?? '';

/** Milliseconds after which a wait is worth a word. */
const PATIENCE = 400;

/** Show of some part what its `data-NAME` has among the keys, and nothing else that has one. @param {ParentNode} part @param {string} name @param {Iterable<string>} keys */
export function unhide(part, name, keys) {
  const wanted = new Set(keys);
  for (const one of all(part, `[data-${name}]`)) one.hidden = !wanted.has(one.getAttribute(`data-${name}`) ?? '');
}

/** Write values into the places that are named for them. @param {ParentNode} part @param {Record<string, string | number>} slots */
export function fillSlots(part, slots) {
  for (const [name, value] of Object.entries(slots)) for (const slot of all(part, `[data-slot="${name}"]`)) slot.textContent = String(value);
}

/** A copy of a part that the page holds in a template. @param {ParentNode} root @param {string} name */
export function part(root, name) {
  const template = root.querySelector(`template[data-part="${name}"]`);
  return /** @type {DocumentFragment} */ (template instanceof HTMLTemplateElement ? template.content.cloneNode(true) : new DocumentFragment());
}

/** @param {HTMLElement} root */
export function createView(root) {
  const steps = all(root, '[data-step]');
  const title = document.title;
  const start = /** @type {HTMLElement} */ (steps[0]);
  let sequence = steps;
  let current = start;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  const at = (/** @type {number} */ by) => sequence[sequence.indexOf(current) + by];
  const find = (/** @type {string} */ name) => (name ? sequence.find((one) => nameOf(one) === name) : start);

  /** Show one step. @param {string} name the first for none @param {boolean} moveFocus */
  function show(name, moveFocus) {
    const step = find(name);
    if (!step) return;
    clearErrors();
    current = step;
    for (const one of steps) one.hidden = one !== step;
    root.toggleAttribute('data-under-way', step !== start);
    if (!moveFocus) return;
    all(step, '[data-heading]').find((heading) => !heading.closest('[hidden]'))?.focus({ preventScroll: true });
    root.scrollIntoView({ block: 'start' });
  }

  /** Go to a step so that the browser's Back comes here again. @param {HTMLElement | undefined} step @returns {Promise<void>} when it is shown */
  async function goTo(step) {
    if (!step) return;
    if (location.hash === `#${nameOf(step)}`) return show(nameOf(step), true);
    const shown = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    location.hash = nameOf(step);
    await shown;
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
    for (const trouble of all(root, '[data-trouble], [data-again]')) trouble.hidden = true;
  }

  /** Say what is wrong: beside each field, and in a summary that takes focus. @param {{fields: HTMLElement, key: string}[]} problems */
  function sayEach(problems) {
    clearErrors();
    const list = first(root, '[data-error-list]');
    const summary = first(root, '[data-error-summary]');
    for (const { fields, key } of problems) {
      const words = first(fields, `[data-problem="${key}"]`);
      const control = all(fields, 'input, select, textarea').find((one) => !one.closest('[hidden]'));
      if (words) words.hidden = false;
      fields.classList.add('field--error');
      control?.setAttribute('aria-invalid', 'true');
      const said = words ? first(words, '[data-words]') : first(root, `[data-any-problem="${key}"]`) ?? first(root, '[data-any-problem="unknown_value"]');
      list?.append(link(control, said?.textContent ?? ''));
    }
    if (!summary) return;
    document.title = `Error: ${title}`;
    summary.hidden = false;
    summary.focus();
  }

  /** @param {HTMLElement[]} fieldsets @param {string} key */
  const say = (fieldsets, key) => sayEach(fieldsets.map((fields) => ({ fields, key })));

  return {
    step: () => current,
    steps: () => sequence,
    named: (/** @type {string} */ name) => steps.find((one) => nameOf(one) === name),
    show,
    goTo,
    goNext: () => goTo(at(1)),
    goBack: () => goTo(at(-1)),
    next: () => at(1),
    say,
    sayEach,
    clearErrors,

    /** Which steps there are, in order; the start is always first. @param {string[]} names */
    follow(names) {
      const chosen = names.flatMap((name) => steps.filter((one) => nameOf(one) === name && one !== start));
      sequence = [start, ...chosen];
    },

    /** Whether everything that needs an answer has one; says so where not. @param {HTMLElement} step */
    complete(step) {
      const open = all(step, '[data-required]').filter((fields) => !isFilled(fields));
      if (open.length) say(open, 'unanswered');
      return !open.length;
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
      const trouble = first(root, '[data-trouble]');
      if (!trouble) return;
      unhide(trouble, 'cause', [cause]);
      unhide(trouble, 'mend', [cause === 'updated' ? 'reload' : 'again']);
      trouble.hidden = false;
      trouble.focus();
    },

    /** @param {string} what `blank` for a sheet to fill in by hand, `result`, `record` or `team` for a part of what is shown */
    print(what) {
      root.dataset.printing = what;
      addEventListener('afterprint', () => delete root.dataset.printing, { once: true });
      for (const today of all(root, '[data-today]')) today.textContent = new Date().toLocaleDateString('en-GB', { dateStyle: 'long' });
      print();
    },
  };
}

/** @param {HTMLElement} fields */
function isFilled(fields) {
  return Boolean(fields.querySelector('input:checked')) || all(fields, 'select').some((one) => one instanceof HTMLSelectElement && one.value !== '');
}

/** @param {HTMLElement | undefined} control @param {string} words */
function link(control, words) {
  const made = document.createElement('a');
  made.href = `#${control?.id ?? ''}`;
  made.textContent = words;
  made.addEventListener('click', (event) => {
    event.preventDefault();
    control?.focus();
  });
  const item = document.createElement('li');
  item.append(made);
  return item;
}
