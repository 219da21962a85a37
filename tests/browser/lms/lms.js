/**
 * Two learning management systems for the tests: `?api=again` is scorm-again, `?api=strict` our own stand-in, which keeps SCORM 1.2 to the
 * letter and remembers what it refused; anything else is none. What is committed is kept under one name, so that a closed page can come back.
 */
const chosen = new URLSearchParams(location.search);
const KEPT = 'lms';
const saved = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
const says = (one) => localStorage.setItem(KEPT, JSON.stringify({ ...JSON.parse(localStorage.getItem(KEPT) ?? '{}'), ...one }));

const IDENTIFIER = /^[A-Za-z0-9_-]{1,255}$/;
const DECIMAL = /^-?\d{1,10}(\.\d{1,6})?$/;
const ONE = '[0-9a-z]';
const FEEDBACK = {
  'true-false': /^[01tf]$/,
  choice: new RegExp(`^${ONE}(,${ONE})*$`),
  'fill-in': /^.{1,255}$/u,
  numeric: DECIMAL,
  matching: new RegExp(`^${ONE}\\.${ONE}(,${ONE}\\.${ONE})*$`),
  sequencing: new RegExp(`^${ONE}(,${ONE})*$`),
};
const PLAIN = {
  'cmi.suspend_data': /^[\x20-\x7e]{0,4096}$/,
  'cmi.core.lesson_location': /^.{0,255}$/,
  'cmi.core.lesson_status': /^(passed|completed|failed|incomplete|browsed)$/,
  'cmi.core.exit': /^(time-out|suspend|logout|)$/,
  'cmi.core.score.raw': DECIMAL,
  'cmi.core.score.min': DECIMAL,
  'cmi.core.score.max': DECIMAL,
  'cmi.core.session_time': /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/,
};

class Strict {
  constructor() {
    this.values = { 'cmi.core.lesson_status': 'not attempted', 'cmi.core.lesson_mode': chosen.get('mode') ?? 'normal', ...saved.values };
    this.types = saved.types ?? [];
    this.open = false;
    this.sets = 0;
    this.refused = [];
    this.commits = 0;
  }

  LMSInitialize(nothing) {
    if (nothing !== '' || this.open) return 'false';
    this.open = true;
    return 'true';
  }

  LMSGetValue(name) {
    if (!this.open) return '';
    return name === 'cmi.interactions._count' ? String(this.types.length) : (this.values[name] ?? '');
  }

  LMSSetValue(name, value) {
    this.sets += 1;
    if (this.open && typeof value === 'string' && this.allowed(name, value)) {
      this.values[name] = value;
      return 'true';
    }
    this.refused.push([name, value]);
    return 'false';
  }

  allowed(name, value) {
    if (name in PLAIN) return PLAIN[name].test(value);
    const [, n, part] = /^cmi\.interactions\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (Number(n) === this.types.length && part === 'id') this.types.push('');
    if (!(Number(n) < this.types.length)) return false;
    if (part === 'id') return IDENTIFIER.test(value);
    if (part === 'type') return value in FEEDBACK && !!(this.types[n] = value);
    if (part === 'time') return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value);
    if (part === 'result') return /^(correct|wrong|unanticipated|neutral)$/.test(value) || DECIMAL.test(value);
    return /^(student_response|correct_responses\.\d+\.pattern)$/.test(part) && value.length <= 255 && FEEDBACK[this.types[n]].test(value);
  }

  LMSCommit(nothing) {
    if (nothing !== '' || !this.open || chosen.get('commits') === 'no') return 'false';
    this.commits += 1;
    says({ values: this.values, types: this.types, refused: this.refused, commits: this.commits });
    return 'true';
  }

  LMSFinish(nothing) {
    if (nothing !== '' || !this.open) return 'false';
    this.open = false;
    says({ finished: (JSON.parse(localStorage.getItem(KEPT) ?? '{}').finished ?? 0) + 1 });
    return 'true';
  }

  LMSGetLastError() {
    return '0';
  }
}

/** It works out passed and failed from the score and the mark to pass, as many do. */
function again() {
  const api = new window.Scorm12API({ autocommit: false, logLevel: 5 });
  api.loadFromJSON(saved.cmi ?? { core: { credit: 'credit', lesson_mode: 'normal' }, student_data: { mastery_score: '80' } }, 'cmi');
  api.on('LMSCommit', () => says({ cmi: JSON.parse(JSON.stringify(api.cmi)), total: api.cmi.getCurrentTotalTime() }));
  api.on('LMSFinish', () => says({ cmi: JSON.parse(JSON.stringify(api.cmi)), finished: (saved.finished ?? 0) + 1 }));
  return api;
}

if (chosen.get('api') === 'again') window.API = again();
if (chosen.get('api') === 'strict') window.API = new Strict();
