/**
 * Asking the engine about an attempt, and what follows from its replies: one answer while practising, everything at the end, and what was
 * answered before when somebody comes back.
 *
 * @typedef {import('./module.mjs').ModuleExercise} ModuleExercise
 * @typedef {import('./attempt.mjs').Draft} Draft
 * @typedef {import('./attempt.mjs').Finished} Finished
 * @typedef {import('./view-question.mjs').Mark} Mark
 */

import { ONE_TRY, finish, newId, stillStanding } from './attempt.mjs';
import { findMeasured } from './course.mjs';
import { long } from './days.mjs';
import { room } from './draw.mjs';
import { kept } from './keeping.mjs';
import * as question from './view-question.mjs';
import { showResult } from './view-result.mjs';
import { all, first, nameOf } from './view.mjs';

/** Milliseconds of waiting for a mark after which somebody may go on without it. */
const PATIENCE = 400;
/** Nearer to 1 than this is right, as in `engine/marks.py`. */
const RIGHT_ABOVE = 0.999999;

/** Mark one answer, while practising. @param {ModuleExercise} module @param {HTMLElement} step */
export async function check(module, step) {
  const { draft, view } = module;
  const name = nameOf(step);
  if (!draft) return;
  const answer = module.answer(name);
  if (answer.tries.at(-1)?.join('\n') === answer.values.join('\n')) return view.say(all(step, '[data-fields]'), 'unchanged');
  const questions = module.definition.questions.filter(({ id }) => id === name);
  const message = () => ({ task: 'mark', definition: { questions }, responses: { [name]: answer.values }, earlier: { [name]: answer.tries } });
  const showNext = (/** @type {boolean} */ on) => all(step, '[data-next]').forEach((next) => (next.hidden = !on));
  const goingOn = setTimeout(() => showNext(true), PATIENCE);
  const reply = await module.asker.ask(name, message, () => check(module, step));
  clearTimeout(goingOn);
  if (module.draft !== draft || (!reply && !module.worksheet)) return showNext(false);
  if (reply) marked(module, step, reply.marks[name], reply.tries[name].left);
}

/** @param {ModuleExercise} module @param {HTMLElement} step @param {Mark} mark @param {number} left tries */
function marked(module, step, mark, left) {
  const name = nameOf(step);
  const answer = module.answer(name);
  const here = module.view.step() === step;
  for (const next of all(step, '[data-next]')) next.hidden = true;
  if (mark.problem) return here ? module.view.say(all(step, '[data-fields]'), mark.problem) : sayLate(module, name, 'could not be marked');
  answer.tries.push([...answer.values]);
  module.marks[name] = mark;
  module.touched.delete(name);
  if (left && here) {
    module.view.clearErrors();
    question.sayAgain(module.root, step, mark.state, left);
    module.note(step, false);
  } else settle(module, step, here);
  return module.keep();
}

/** This question is done with: show its reasons. @param {ModuleExercise} module @param {HTMLElement} step @param {boolean} here */
function settle(module, step, here) {
  const name = nameOf(step);
  const mark = module.marks[name];
  module.answer(name).done = true;
  module.practised.add(name);
  if (here) module.view.clearErrors();
  if (mark) question.showMark(step, mark, here);
  if (!here) sayLate(module, name, 'is marked now');
}

/** Somebody has gone on meanwhile: say it without taking the focus. @param {ModuleExercise} module @param {string} name @param {string} words */
function sayLate(module, name, words) {
  const said = first(module.root, '[data-late]');
  const number = (module.draft?.form.indexOf(name) ?? 0) + 1;
  if (said) said.textContent = `Question ${number} ${words}. Go back to it to read why.`;
}

/** No more tries: the answer that was marked last stands. @param {ModuleExercise} module */
export function giveUp(module) {
  const step = module.view.step();
  const answer = module.answer(nameOf(step));
  answer.values = answer.tries.at(-1) ?? [];
  question.write(step, answer.values);
  settle(module, step, true);
  module.keep();
}

/** The end of an attempt: everything is marked, by first tries. @param {ModuleExercise} module */
export async function end(module) {
  const { draft, definition, asker } = module;
  if (!draft) return;
  const oneTry = ONE_TRY.includes(draft.mode);
  const given = (/** @type {string} */ name) => (oneTry ? draft.answers[name]?.values : draft.answers[name]?.tries[0]) ?? [];
  const sure = Object.fromEntries(draft.form.map((name) => [name, draft.answers[name]?.certainty ?? null]));
  const form = oneTry ? { mode: draft.mode, seed: draft.seed, part: draft.part || 1 } : {};
  const responses = () => Object.fromEntries(draft.form.map((name) => [name, given(name)]));
  const message = () => ({ task: 'mark', definition, responses: responses(), earlier: {}, certainty: sure, room: room(module.root), ...form });
  const reply = await asker.ask('end', message, () => end(module));
  if (!reply || module.draft !== draft) return;
  const unusable = oneTry && draft.form.find((name) => reply.marks[name].problem && given(name).length);
  if (unusable) return sendBack(module, unusable, reply.marks[unusable].problem);
  if (oneTry) module.marks = reply.marks;
  const before = module.attempts();
  const { score, passed } = reply.summary;
  module.over = true;
  module.touched.clear();
  module.finished.push(finish(draft, module.name, module.revisions, reply.tries, { score, passed: draft.mode === 'check' && passed }));
  module.keepAll();
  return show(module, draft, reply, before);
}

/** An answer that cannot be used: go to it, and say why. @param {ModuleExercise} module @param {string} name @param {string} problem */
async function sendBack({ view }, name, problem) {
  const step = view.named(name);
  await view.goTo(step);
  if (step) view.say(all(step, '[data-fields]'), problem);
}

/** @param {ModuleExercise} module @param {Draft} draft @param {any} reply @param {Finished[]} before what was done before this */
async function show(module, draft, reply, before) {
  const { mode, form, answers } = draft;
  const earlier = mode === 'after' ? findMeasured(before).before : undefined;
  const old = earlier ? await markEarlier(module, earlier) : {};
  const marks = { ...module.marks, ...old };
  const reasoned = mode === 'before' ? [] : form.filter((name) => ONE_TRY.includes(mode) || answers[name]?.done);
  for (const name of [...reasoned, ...Object.keys(old)]) showMark(module, name, marks[name]);
  const last = module.view.named('result');
  if (!last) return;
  const right = form.filter((name) => module.marks[name]?.state === 'right').length;
  const history = module.attempts().filter((one) => ['before', 'after', 'follow_up'].includes(one.mode));
  showResult(last, {
    mode,
    form,
    earlier: Object.keys(old),
    marks,
    met: new Set(mode === 'follow_up' ? before.flatMap((one) => Object.keys(one.answers)) : []),
    sureWrong: mode === 'before' ? [] : form.filter((name) => answers[name]?.certainty === 'sure' && reply.tries[name].first <= RIGHT_ABOVE),
    summary: reply.summary,
    chart: reply.chart,
    slots: {
      right,
      of: form.length,
      first: reply.summary.right,
      percent: percent(reply.summary.score),
      'before-percent': percent(earlier?.score ?? 0),
      history: history.map((one) => `${percent(one.score)}% on ${long(one.finished.slice(0, 10))}`).join(', '),
    },
  });
  module.view.follow([...draft.steps, 'result', ...Object.keys(old)]);
  module.view.goTo(last);
}

/** @param {number} score */
function percent(score) {
  return Math.floor(score * 100 + 1e-9);
}

/** @param {ModuleExercise} module @param {string} name @param {Mark | undefined} mark */
function showMark(module, name, mark) {
  const step = module.view.named(name);
  if (step && mark) question.showMark(step, mark, false);
}

/** The marks of the before form, for whoever has done the after form. @param {ModuleExercise} module @param {Finished} earlier @returns {Promise<Record<string, Mark>>} */
async function markEarlier(module, earlier) {
  const standing = Object.entries(earlier.answers).filter(([name, { revision }]) => module.revisions[name] === revision);
  const responses = Object.fromEntries(standing.map(([name, { response }]) => [name, response]));
  for (const [name, { response }] of standing) {
    const step = module.view.named(name);
    if (step) question.write(step, response);
  }
  const message = () => ({ task: 'mark', definition: module.definition, responses });
  const reply = await module.asker.ask('earlier', message, () => {});
  return reply?.marks ?? {};
}

/** Go on with the attempt that was kept, with the answers that still stand. @param {ModuleExercise} module */
export async function resume(module) {
  const old = kept()?.drafts[module.name];
  const draft = old && stillStanding(old, module.revisions);
  if (!draft?.form.length) return module.drop();
  module.take({ ...draft, id: newId() }); // so that a tab in which it is still open finds out
  for (const name of module.ids) {
    const step = module.view.named(name);
    if (!step) continue;
    question.reset(step, true);
    question.write(step, draft.answers[name]?.values ?? []);
    question.writeSureness(step, draft.answers[name]?.certainty ?? null);
  }
  module.view.goTo(module.view.named(draft.steps.includes(draft.at) ? draft.at : (draft.form[0] ?? '')));
  const tried = ONE_TRY.includes(draft.mode) ? [] : draft.form.filter((name) => draft.answers[name]?.tries.length);
  if (!tried.length) return;
  const each = (/** @type {(tries: string[][]) => unknown} */ part) => Object.fromEntries(tried.map((name) => [name, part(draft.answers[name]?.tries ?? [])]));
  const responses = each((tries) => tries.at(-1) ?? []);
  const message = () => ({ task: 'mark', definition: module.definition, responses, earlier: each((tries) => tries.slice(0, -1)) });
  const reply = await module.asker.ask('resume', message, () => resume(module));
  for (const name of reply ? tried : []) {
    module.marks[name] = reply.marks[name];
    if (draft.answers[name]?.done) showMark(module, name, reply.marks[name]);
  }
}
