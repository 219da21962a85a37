/**
 * What the training report changes on the page: how far the reading is, which files are left out, and the report with its tables. All words are in
 * the page.
 *
 * @typedef {import('./figures.mjs').Report} Report
 * @typedef {import('./figures.mjs').Reported} Reported
 * @typedef {import('./figures.mjs').Table} Table
 * @typedef {{file: string, why: string, text: string}} LeftOut
 */

import { long, day } from './days.mjs';
import { sayIn } from './draw.mjs';
import { ofModule, overview, percent } from './figures.mjs';
import { startTables } from './tables.mjs';
import { all, fillSlots, first, part, unhide } from './view.mjs';

/** How often the words beside the bar are renewed: a voice that reads every step would not stop. */
const STEPS = 4;

/** @param {HTMLElement} root */
export function createReportView(root) {
  const done = /** @type {HTMLElement} */ (first(root, '[data-done]'));
  const bar = root.querySelector('progress');
  /** Steps that were last said, of the reading and of the questions. */
  let told = -1;
  let toldWorked = -1;

  /** @param {string} key */
  function words(key) {
    for (const template of root.querySelectorAll('template[data-words], template[data-labels]')) {
      const found = template instanceof HTMLTemplateElement && template.content.querySelector(`[data-word="${CSS.escape(key)}"]`);
      if (found) return found.textContent ?? '';
    }
    return sayIn(root, { key, text: '', day: '' });
  }

  /** @param {string} text */
  function say(text) {
    for (const place of all(root, '[data-status]')) place.textContent = text;
  }

  /** @param {boolean} on */
  function busy(on) {
    for (const place of all(root, '[data-reading]')) place.hidden = !on;
    root.setAttribute('aria-busy', String(on));
  }

  /** @param {number} read @param {number} files */
  function reading(read, files) {
    busy(true);
    if (bar) [bar.max, bar.value] = [files, read];
    const step = Math.floor((read / files) * STEPS);
    if (step !== told) say(words('reading').replace('{done}', String(read)).replace('{all}', String(files)));
    told = step;
  }

  /** @param {number} done @param {number} steps */
  function working(done, steps) {
    busy(true);
    if (bar) [bar.max, bar.value] = [steps, done];
    if (!done) say(words('working'));
  }

  function idle() {
    busy(false);
    told = -1;
    say('');
  }

  /** How many modules have their questions, in words that are renewed as seldom. @param {number} done @param {number} modules */
  function worked(done, modules) {
    const step = modules ? Math.floor((done / modules) * STEPS) : STEPS;
    const key = !modules ? 'nothing-asked' : done < modules ? 'asking' : 'asked';
    if (step !== toldWorked) fillSlots(root, { worked: words(key).replace('{done}', String(done)).replace('{all}', String(modules)) });
    toldWorked = step;
  }

  /** The questions that were being worked out will not come. */
  function failed() {
    fillSlots(root, { worked: '' });
    for (const one of all(done, '[data-pending]')) one.textContent = words('not-worked');
  }

  /** What became of copying, saving or printing. @param {'copied' | 'selected' | 'later' | ''} key */
  function tell(key) {
    for (const one of all(done, '[data-became]')) one.hidden = one.dataset.became !== key;
  }

  /** @param {Report} report @param {Reported} reported @param {LeftOut[]} left @param {number} counted */
  function show(report, reported, left, counted) {
    idle();
    toldWorked = -1;
    done.hidden = false;
    unhide(done, 'state', [report.learners === null ? 'few' : 'some']);
    fillSlots(done, { learners: figure(report.learners ?? 0), attempts: figure(report.attempts ?? 0), counted, left_out: left.length, hidden_beliefs: report.hidden_beliefs });
    for (const one of all(done, '[data-has="left-out"]')) one.hidden = !left.length;
    for (const one of all(done, '[data-has="hidden-beliefs"]')) one.hidden = !report.hidden_beliefs;
    first(done, '[data-left-out]')?.replaceChildren(...left.map((one) => leftOut(root, one)));
    tell('');
    const shown = report.modules.filter(({ learners }) => learners);
    first(done, '[data-modules]')?.replaceChildren(...shown.map((one) => moduleOf(root, one, reported)));
    if (report.learners !== null) {
      fillTables(done, overview(report, reported, words));
      tellBoard(done, report, reported);
      worked(0, shown.length);
    }
    startTables();
    first(done, '[data-report-heading]')?.focus();
  }

  /** @param {import('./figures.mjs').ModuleReport} one @param {Reported} reported */
  function showQuestions(one, reported) {
    const place = first(done, `[data-module="${one.module}"]`);
    if (!place) return;
    first(place, '[data-pending]')?.remove();
    place.append(questionsOf(root, one, reported));
    fillTables(place, ofModule(one, reported, words));
    startTables();
  }

  /** @param {HTMLElement} place @param {Table[]} made */
  function fillTables(place, made) {
    for (const { name, rows } of made) {
      const table = first(place, `[data-table="${name}"]`);
      if (table instanceof HTMLTableElement) fill(table, rows);
      for (const empty of all(place, `[data-empty="${name}"]`)) empty.hidden = rows.length > 0;
    }
  }

  function empty() {
    done.hidden = true;
    first(done, '[data-modules]')?.replaceChildren();
    first(done, '[data-left-out]')?.replaceChildren();
    for (const table of all(done, '[data-table]')) if (table instanceof HTMLTableElement) fill(table, []);
    idle();
  }

  async function copy() {
    const place = first(done, '[data-paragraph]');
    if (!place) return;
    const copied = await navigator.clipboard?.writeText(shownText(place)).then(() => true, () => false);
    if (!copied) getSelection()?.selectAllChildren(place);
    tell(copied ? 'copied' : 'selected');
  }

  return {
    words,
    reading,
    working,
    idle,
    show,
    showQuestions,
    worked,
    failed,
    tell,
    empty,
    copy,

    cleared() {
      say(words('cleared'));
      first(root, '[data-files]')?.focus();
    },

    /** What the tables are called, and their columns. @returns {Record<string, {caption: string, head: string[]}>} */
    captions() {
      const found = [...root.querySelectorAll('table[data-table]'), .../** @type {HTMLTemplateElement | null} */ (root.querySelector('template[data-part="questions"]'))?.content.querySelectorAll('table') ?? []];
      return Object.fromEntries(
        found.flatMap((table) => {
          if (!(table instanceof HTMLTableElement) || table.closest('[data-module]')) return [];
          const head = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? '');
          return [[table.dataset.table ?? '', { caption: (table.caption?.textContent ?? '').trim(), head }]];
        }),
      );
    },
  };
}

/** @param {HTMLElement} root @param {LeftOut} left */
function leftOut(root, { file, why, text }) {
  const made = part(root, 'left-out');
  fillSlots(made, { file, text });
  unhide(made, 'why', [why]);
  return made;
}

/** @param {HTMLElement} root @param {import('./figures.mjs').ModuleReport} one @param {Reported} reported */
function moduleOf(root, { module, learners }, reported) {
  const made = part(root, 'module');
  const box = first(made, 'details');
  if (box) box.dataset.module = module;
  fillSlots(made, { summary: `${reported.modules[module]?.title ?? module} (n = ${figure(learners ?? 0)})` });
  return made;
}

/** @param {HTMLElement} root @param {import('./figures.mjs').ModuleReport} one @param {Reported} reported */
function questionsOf(root, { module, together }, reported) {
  const made = part(root, 'questions');
  fillSlots(made, { title: reported.modules[module]?.title ?? module });
  for (const one of all(made, '[data-together]')) one.hidden = !together;
  for (const one of all(made, '[data-no-together]')) one.hidden = Boolean(together);
  if (together) {
    const { alpha, error_ratio: ratio, standard_error: error } = together.figures;
    const or = (/** @type {number | null} */ value, /** @type {string} */ unit) => (value === null ? '–' : `${value.toFixed(unit ? 0 : 2)}${unit}`);
    fillSlots(made, { together_learners: together.learners, together_questions: together.questions, alpha: or(alpha, '%'), error_ratio: or(ratio, '%'), standard_error: or(error, '') });
  }
  return made;
}

/** @param {HTMLTableElement} table @param {import('./figures.mjs').Cell[][]} rows */
function fill(table, rows) {
  table.hidden = !rows.length;
  const lines = rows.map((row) => {
    const line = document.createElement('tr');
    line.append(...row.map((cell, at) => made(cell, at === 0)));
    return line;
  });
  table.tBodies[0]?.replaceChildren(...lines);
}

/** @param {import('./figures.mjs').Cell} cell @param {boolean} head */
function made({ text, href }, head) {
  const box = document.createElement(head ? 'th' : 'td');
  if (head) box.setAttribute('scope', 'row');
  box.append(href ? Object.assign(document.createElement('a'), { href, textContent: text }) : text);
  return box;
}

/** The paragraph for the board: its figures, and which of its sentences there is something to say in. @param {HTMLElement} done @param {Report} report @param {Reported} reported */
function tellBoard(done, report, reported) {
  const title = (/** @type {string} */ module) => reported.modules[module]?.title ?? module;
  const [top, next] = report.modules.filter(({ learners }) => learners).sort((a, b) => (b.learners ?? 0) - (a.learners ?? 0));
  const most = top?.learners !== next?.learners ? top : undefined;
  const gains = report.modules.flatMap(({ module, gains }) => gains.flatMap(({ to, gain }) => (to === 'after' && gain ? [{ module, ...gain }] : [])));
  const [best] = [...gains].sort((a, b) => b.learners - a.learners);
  const sure = report.sureness.find(({ level, answers }) => level === 'sure' && answers);
  const two = (/** @type {number | null} */ value) => (value === null ? '–' : value.toFixed(2));
  const modules = (/** @type {number} */ count) => `${count} ${count === 1 ? 'module' : 'modules'}`;
  unhide(done, 'sentence', [most ? 'most' : '', best ? 'gain' : 'no-gain', sure ? 'sure' : '']);
  fillSlots(done, { today: long(day()) });
  if (most) fillSlots(done, { most_module: title(most.module), most_learners: figure(most.learners ?? 0) });
  if (best) {
    const { module, learners, before, after, gain, effect } = best;
    fillSlots(done, { gain_modules: modules(gains.length), gain_rose: modules(gains.filter((one) => one.after > one.before).length), gain_module: title(module), gain_learners: figure(learners) });
    fillSlots(done, { gain_before: percent(before).text, gain_after: percent(after).text, gain_gain: two(gain), gain_effect: two(effect) });
  }
  if (sure) fillSlots(done, { sure_share: percent((sure.right ?? 0) / (sure.answers ?? 1)).text, sure_answers: figure(sure.answers ?? 0), sure_learners: figure(sure.learners ?? 0) });
}

/** @param {number} count */
const figure = (count) => count.toLocaleString('en-GB');

/** The words of a part that are shown. @param {Element} place */
function shownText(place) {
  return [...place.children].flatMap((one) => (one instanceof HTMLElement && !one.hidden ? [(one.textContent ?? '').trim()] : [])).join(' ');
}
