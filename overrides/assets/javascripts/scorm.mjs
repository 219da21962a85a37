/**
 * Starts the page of a package: finds the LMS, takes up the record it has, keeps it up to date, and says plainly where nothing is recorded.
 * Loaded in a package and nowhere else.
 *
 * @typedef {import('./storage.mjs').Kept} Kept
 * @typedef {import('./attempt.mjs').Finished} Finished
 * @typedef {import('./scorm-api.mjs').Connection} Connection
 * @typedef {import('./scorm-told.mjs').Told} Told
 */

import { inert, startExercise } from './exercise.mjs';
import { connect, find } from './scorm-api.mjs';
import { pack, unpack } from './scorm-record.mjs';
import { keepIn } from './scorm-storage.mjs';
import { interactions, score } from './scorm-told.mjs';
import { startTables } from './tables.mjs';

const STATUS = 'cmi.core.lesson_status';
const LOOKED_AT = ['browse', 'review'];

/** @param {string} name the one notice of what stands in the way */
function say(name) {
  for (const notice of document.querySelectorAll('[data-lms]')) if (notice instanceof HTMLElement) notice.hidden = notice.dataset.lms !== name;
}

/** The one setting of a package; the first value where the file is not there or holds another. @returns {Promise<'incomplete' | 'failed'>} */
async function readSetting() {
  try {
    return (await (await fetch('settings.json')).json()).when_not_passed === 'failed' ? 'failed' : 'incomplete';
  } catch {
    return 'incomplete';
  }
}

/** Time on the page as SCORM 1.2 writes it: hours, minutes, seconds. @param {number} milliseconds */
function timespan(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The record of one person in an LMS. */
class LmsRecord {
  /** @param {NonNullable<Connection>} lms @param {Told} told @param {'incomplete' | 'failed'} notPassed */
  constructor(lms, told, notPassed) {
    this.lms = lms;
    this.told = told;
    this.notPassed = notPassed;
    this.begun = Date.now();
    this.counts = !LOOKED_AT.includes(lms.get('cmi.core.lesson_mode'));
    this.place = '';
    const text = lms.get('cmi.suspend_data');
    const found = unpack(text, told);
    this.damaged = !!text && !found;
    /** @type {Kept} */
    this.record = found ?? { schema: 1, saved: '', until: '', attempts: [], drafts: {} };
    this.reported = new Set(this.record.attempts.map(({ attempt }) => attempt));
    if (this.counts && ['', 'not attempted', 'browsed'].includes(lms.get(STATUS))) lms.set(STATUS, 'incomplete');
    if (this.counts) lms.commit();
  }

  /** Put a changed record into the LMS, and have it stored when somebody has moved on. @param {Kept} record */
  keep(record) {
    this.record = record;
    if (!this.counts) return;
    const place = record.drafts[this.told.module]?.at ?? '';
    const fresh = record.attempts.filter(({ attempt }) => !this.reported.has(attempt));
    const taken = this.lms.set('cmi.suspend_data', pack(record, this.told));
    this.lms.set('cmi.core.lesson_location', place);
    for (const finished of fresh) this.report(finished);
    const moved = fresh.length || place !== this.place;
    this.place = place;
    if (!taken || (moved && !this.store())) say('refused');
  }

  /** Only a check is a result; practice is a person's own. @param {Finished} finished */
  report(finished) {
    this.reported.add(finished.attempt);
    if (finished.mode !== 'check') return;
    const { lms, told } = this;
    for (const [name, value] of interactions(finished, told, Number(lms.get('cmi.interactions._count')) || 0)) lms.set(name, value);
    const before = lms.get('cmi.core.score.raw');
    const raw = score(finished, told.mastery);
    if (before === '' || raw > Number(before)) {
      lms.set('cmi.core.score.min', 0);
      lms.set('cmi.core.score.max', 100);
      lms.set('cmi.core.score.raw', raw);
    }
    if (finished.passed) lms.set(STATUS, 'passed');
    else if (lms.get(STATUS) !== 'passed') lms.set(STATUS, this.notPassed);
  }

  /** Have the LMS store what it was told. */
  store() {
    this.lms.set('cmi.core.session_time', timespan(Date.now() - this.begun));
    this.lms.set('cmi.core.exit', 'suspend');
    return this.lms.commit();
  }

  leave() {
    if (this.counts) this.store();
    this.lms.finish();
  }
}

async function start() {
  const root = document.querySelector('[data-quiz]');
  if (!(root instanceof HTMLElement)) return;
  const lms = connect(find(window));
  if (lms) {
    const kept = new LmsRecord(lms, inert(document, 'record'), await readSetting());
    keepIn(kept);
    if (!kept.counts) say('review');
    else if (kept.damaged) say('unread');
    addEventListener('pagehide', () => kept.leave());
    addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && kept.counts && kept.store());
    // A page that the browser brings back has taken its leave already.
    addEventListener('pageshow', (event) => event.persisted && location.reload());
  } else say('absent');
  startTables();
  await startExercise(root);
}

start();
