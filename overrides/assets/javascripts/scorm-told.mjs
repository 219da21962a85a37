/**
 * What an LMS is told of a check that is finished, as plain names and values of SCORM 1.2. Which words stand for a response was worked out
 * when the package was made; here is no rule of marking and no kind of question.
 *
 * @typedef {import('./attempt.mjs').Finished} Finished
 * @typedef {{id: string, type: string, right: string[], codes?: Record<string, string>, worth?: Record<string, number>}} Interaction
 * @typedef {{module: string, mastery: number, questions: Record<string, {revision: string, interactions: Interaction[]}>}} Told
 *   what the page carries for the LMS
 * @typedef {[string, string | number][]} Values
 */

/** Nearer to 1 than this is right, and nearer to 0 is wrong, as in `engine/marks.py`. */
const NEAR = 0.000001;
/** Characters of a CMIFeedback. */
const LONGEST = 255;

/**
 * The score in percent. Many an LMS works out passed from it alone and knows no safety point: so whoever has not passed stays below the mark.
 * @param {Finished} finished @param {number} mastery
 */
export function score({ score, passed }, mastery) {
  const percent = Math.floor(score * 100 + 1e-9);
  return passed ? Math.max(percent, mastery) : Math.min(percent, mastery - 1);
}

/** Names and values to set, in order. @param {Finished} finished @param {Told} told @param {number} from how many interactions the LMS has */
export function interactions(finished, told, from) {
  const each = Object.entries(finished.answers).flatMap(([id, { response, first }]) =>
    (told.questions[id]?.interactions ?? []).flatMap((one) => tellOne(one, response, first, finished.finished)),
  );
  return each.flatMap((values, index) => values.map(([name, value]) => /** @type {Values[number]} */ ([`cmi.interactions.${from + index}.${name}`, value])));
}

/** @param {Interaction} one @param {string[]} response @param {number} first @param {string} when @returns {Values[]} none for what was not come to */
function tellOne({ id, type, right, codes, worth }, response, first, when) {
  const given = codes ? Object.keys(codes).flatMap((value) => (response.includes(value) ? [codes[value] ?? ''] : [])) : response;
  if (worth && !given.length) return [];
  const text = given.join(',').slice(0, LONGEST);
  const said = type === 'numeric' ? figure(text) : text;
  const earned = worth ? (worth[text] ?? 0) : first;
  return [
    [
      ['id', id],
      ['type', type],
      ['time', `${when.slice(11, 16)}:00`],
      ...right.map((pattern, index) => /** @type {Values[number]} */ ([`correct_responses.${index}.pattern`, pattern])),
      .../** @type {Values} */ (said ? [['student_response', said]] : []),
      ['result', earned > 1 - NEAR ? 'correct' : earned < NEAR ? 'wrong' : earned.toFixed(2)],
    ],
  ];
}

/** A number as SCORM 1.2 writes one; nothing where it cannot. @param {string} text */
function figure(text) {
  const found = /[+-]?[\d,  ]*\.?\d+/.exec(text.replace(/[−–]/g, '-'))?.[0].replace(/[,  +]/g, '') ?? '';
  return /^-?\d+(\.\d+)?$/.test(found) ? found : '';
}
