/**
 * The figures of a training report as tables of plain cells, for the page and for a file of comma-separated values alike, so that both say
 * the same. Words come from the page; no rule of what may be shown is here, as the engine has kept back what it must.
 *
 * @typedef {{option: string, learners: number | null, top: number | null, bottom: number | null}} Option
 * @typedef {{question: string, learners: number | null, facility: number | null, low: number | null, high: number | null,
 *   bound: 'high' | 'low' | null, discrimination: number | null, efficiency: number | null, top: number | null, bottom: number | null,
 *   options: Option[], unchosen: string[]}} Question
 * @typedef {{learners: number, before: number, after: number, gain: number | null, effect: number | null, change: number | null}} Gain
 * @typedef {{learners: number, questions: number, figures: {alpha: number, error_ratio: number | null, standard_error: number | null}}} Together
 * @typedef {{module: string, learners: number | null, attempts: number | null, modes: Record<string, number | null>,
 *   gains: {to: string, gain: Gain | null}[], questions?: Question[], together?: Together | null}} ModuleReport without its questions at first
 * @typedef {{level: string, learners: number | null, answers: number | null, right: number | null, word: string}} Sureness
 * @typedef {{learners: number | null, attempts: number | null, modules: ModuleReport[], sureness: Sureness[], beliefs: Record<string, number>,
 *   hidden_beliefs: number}} Report
 * @typedef {{title: string, revision: string, options?: {id: string, text: string, correct: boolean}[], right?: string}} Asked
 * @typedef {{modules: Record<string, {title: string, address: string, questions: Record<string, Asked>}>, beliefs: Record<string, string>}} Reported
 * @typedef {{text: string, value?: number, href?: string}} Cell
 * @typedef {{name: string, module?: string, title?: string, rows: Cell[][]}} Table
 * @typedef {(key: string) => string} Words
 */

const MODES = ['practice', 'check', 'before', 'after', 'follow_up'];
/** A cell that a spreadsheet would take for a formula begins so. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** What parts cells, in the settings of any country. */
const QUOTED = /[",;\t\r\n]/;

/** @param {Report} report @param {Reported} reported @param {Words} words */
export const tables = (report, reported, words) => [...overview(report, reported, words), ...report.modules.flatMap((one) => ofModule(one, reported, words))];

/** @param {Report} report @param {Reported} reported @param {Words} words @returns {Table[]} */
export function overview(report, reported, words) {
  const titled = (/** @type {ModuleReport} */ { module }) => text(reported.modules[module]?.title ?? module);
  return [
    { name: 'modules', rows: report.modules.map((one) => [titled(one), ...people(one, words)]) },
    { name: 'gains', rows: report.modules.flatMap((one) => one.gains.flatMap(({ to, gain }) => (gain ? [[titled(one), text(words(`to:${to}`)), ...gained(gain, words)]] : []))) },
    { name: 'sureness', rows: report.sureness.map((one) => sure(one, words)) },
    { name: 'beliefs', rows: Object.entries(report.beliefs).map(([key, count]) => [text(reported.beliefs[key] ?? key), number(count), percent(count / (report.learners || 1))]) },
  ];
}

/** @param {ModuleReport} one @param {Words} words @returns {Cell[]} */
function people({ learners, attempts, modes }, words) {
  return [count(learners, words), learners ? count(attempts, words) : text(''), ...MODES.map((mode) => (learners ? count(modes[mode] ?? null, words, 'hidden') : text('')))];
}

/** @param {Gain} gain @param {Words} words @returns {Cell[]} */
function gained({ learners, before, after, gain, effect, change }, words) {
  const or = (/** @type {number | null} */ value, /** @type {string} */ key) => (value === null ? text(words(key)) : number(value, 2));
  return [number(learners), percent(before), percent(after), or(gain, 'undefined'), or(effect, 'undefined'), or(change, 'hidden')];
}

/** @param {Sureness} one @param {Words} words @returns {Cell[]} */
function sure({ level, learners, answers, right, word }, words) {
  const shown = answers !== null && right !== null;
  const hidden = text(learners === 0 ? '' : words('hidden'));
  return [
    text(words(`level:${level}`)),
    count(learners, words),
    shown ? number(answers) : hidden,
    shown ? part(right, answers) : hidden,
    shown ? text(words(`word:${word}`)) : hidden,
  ];
}

/** The questions of a module, and the options of those that have some. @param {ModuleReport} one @param {Reported} reported @param {Words} words @returns {Table[]} */
export function ofModule({ module, questions = [] }, reported, words) {
  const known = reported.modules[module];
  const title = known?.title ?? module;
  const asked = (/** @type {Question} */ one) => known?.questions[one.question];
  const named = (/** @type {Question} */ one) => ({ text: asked(one)?.title ?? one.question, href: `${known?.address ?? ''}#${one.question}` });
  const shown = questions.filter(({ learners }) => learners !== 0);
  const telling = shown.filter(({ options }) => options.some(({ learners }) => learners));
  return [
    { name: 'questions', module, title, rows: shown.map((one) => [named(one), ...figures(one, words)]) },
    { name: 'options', module, title, rows: telling.flatMap((one) => one.options.filter(({ option, learners }) => option || learners !== 0).map((row) => chosen(row, one, asked(one), words))) },
  ];
}

/** @param {Question} one @param {Words} words @returns {Cell[]} */
function figures({ learners, facility, low, high, bound, discrimination, efficiency }, words) {
  const index = (/** @type {number | null} */ value) => (value === null ? text(words((learners ?? 0) < 30 ? 'under-30' : 'undefined')) : number(value, 1));
  const hidden = text(words(bound ?? 'hidden'));
  const range = low === null || high === null ? text(words('hidden')) : text(`${percent(low).text} to ${percent(high).text}`);
  const indices = facility === null ? [text(words('hidden')), text(words('hidden'))] : [index(discrimination), index(efficiency)];
  return [count(learners, words), facility === null ? hidden : percent(facility), range, ...indices];
}

/** @param {Option} row @param {Question} one @param {Asked | undefined} asked @param {Words} words @returns {Cell[]} */
function chosen({ option, learners, top, bottom }, one, asked, words) {
  const offered = asked?.options?.find(({ id }) => id === option);
  const name = option ? `${offered?.text ?? option}${offered?.correct ? ` (${words('right')})` : ''}` : words('blank');
  const of = (/** @type {number | null} */ some, /** @type {number | null} */ all) => (some === null || !all ? text(words('hidden')) : part(some, all));
  const whole = of(learners, one.learners);
  if (one.unchosen.includes(option)) whole.text += `, ${words('unchosen')}`;
  return [text(name), text(asked?.title ?? one.question), whole, of(top, one.top), of(bottom, one.bottom)];
}

/** @param {string} words @returns {Cell} */
const text = (words) => ({ text: words });

/** By digits after the point. */
const WRITTEN = [0, 1, 2].map((digits) => new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }));

/** @param {number} value @param {0 | 1 | 2} [digits] @returns {Cell} */
const number = (value, digits = 0) => ({ text: /** @type {Intl.NumberFormat} */ (WRITTEN[digits]).format(value), value: Number(value.toFixed(digits)) });

/** @param {number} share @returns {Cell} */
export const percent = (share) => ({ text: `${Math.round(share * 100)}%`, value: Number(share.toFixed(3)) });

/** @param {number} some @param {number} all @returns {Cell} */
const part = (some, all) => ({ text: `${number(some).text} of ${number(all).text} (${percent(some / all).text})`, value: some });

/** @param {number | null} people @param {Words} words @param {string} [key] @returns {Cell} */
const count = (people, words, key = 'few') => (people === null ? text(words(key)) : number(people));

/** The tables as a file for a spreadsheet. @param {Table[]} all @param {Record<string, {caption: string, head: string[]}>} captions */
export function comma(all, captions) {
  const lines = all
    .filter(({ rows }) => rows.length)
    .flatMap(({ name, title, rows }) => [
      [[captions[name]?.caption ?? name, title].filter(Boolean).join(': ')],
      captions[name]?.head ?? [],
      ...rows.map((row) => row.map(({ text, value }) => value ?? text)),
      [],
    ]);
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}`;
}

/** One cell. A number is a number; a text that would be taken for a formula is told to be none. @param {string | number} value */
function cell(value) {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
