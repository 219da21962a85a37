/**
 * The page's side of the engine: ask a text, get a text. Starts the worker when it is first needed, waits no longer than a person
 * would, and after any failure lets the next ask begin again with a fresh worker.
 *
 * @typedef {import('./protocol.mjs').Runtime} Runtime
 * @typedef {import('./protocol.mjs').FailureKey} FailureKey
 * @typedef {import('./protocol.mjs').FromWorker} FromWorker
 * @typedef {import('./protocol.mjs').ToWorker} ToWorker
 * @typedef {{start: () => Promise<void>, ask: (text: string) => Promise<string>}} Client
 * @typedef {{resolve: (text: string) => void, reject: (error: EngineError) => void, timer: ReturnType<typeof setTimeout>}} Waiting
 * @typedef {{ready: Promise<void>, ask: (text: string) => Promise<string>}} Session
 */

/** Milliseconds that somebody waits for a start or an answer before being told. */
const LIMITS = { start: 30_000, answer: 10_000 };
/** A start that is slow goes on meanwhile, so that whoever tries again finds it further on. After so many limits it is given up. */
const STARTS = 3;

/** Why an ask came to nothing. `key` chooses the words a person reads; the message is for the console. */
export class EngineError extends Error {
  /** @param {FailureKey} key @param {string} detail */
  constructor(key, detail) {
    super(detail);
    this.name = 'EngineError';
    this.key = key;
  }
}

/**
 * A client for one page. Nothing is fetched until `start` or `ask` is called. Both reject with an `EngineError`.
 * @param {Runtime} runtime the build's manifest with the address of its folder as `base`
 * @param {Partial<typeof LIMITS>} [limits]
 * @returns {Client}
 */
export function createClient(runtime, limits = {}) {
  /** @type {Session | null} */
  let session = null;
  const current = () => {
    if (!session) {
      const opened = open(runtime, { ...LIMITS, ...limits }, () => {
        if (session === opened) session = null;
      });
      session = opened;
    }
    return session;
  };
  return {
    start: () => current().ready,
    ask: (text) =>
      current()
        .ask(text)
        .catch(async (error) => Promise.reject(await explain(error, runtime))),
  };
}

/**
 * One worker from its start to its end.
 * @param {Runtime} runtime @param {typeof LIMITS} limits @param {() => void} ended called once, when it cannot be used any more
 * @returns {Session}
 */
function open(runtime, limits, ended) {
  /** @type {Map<number, Waiting>} */
  const waiting = new Map();
  /** @type {Worker | undefined} */
  let worker;
  /** @type {EngineError | undefined} */
  let over;
  let count = 0;

  /** @type {() => void} */
  let started = () => {};
  /** @type {(error: EngineError) => void} */
  let refused = () => {};
  /** @type {Promise<void>} */
  const ready = new Promise((resolve, reject) => ([started, refused] = [resolve, reject]));
  ready.catch(() => {}); // whoever asks is told; a start ahead of time that fails is nobody's error yet
  const watchdog = setTimeout(() => end('slow', `no start within ${limits.start * STARTS} ms`), limits.start * STARTS);
  document.addEventListener('securitypolicyviolation', refuse);

  /** A policy that forbids workers is only told to the document. @param {SecurityPolicyViolationEvent} event */
  function refuse(event) {
    if (event.effectiveDirective === 'worker-src') end('blocked', 'the policy of this page forbids workers');
  }

  /** @param {FailureKey} key @param {string} detail */
  function end(key, detail) {
    if (over) return;
    over = new EngineError(key, detail);
    clearTimeout(watchdog);
    document.removeEventListener('securitypolicyviolation', refuse);
    worker?.terminate();
    refused(over);
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(over);
    }
    waiting.clear();
    queueMicrotask(ended); // not before `open` has returned
  }

  /** @param {FromWorker} message */
  function receive(message) {
    if (message.type === 'failed') return end(message.key, message.detail);
    if (message.type === 'ready') {
      clearTimeout(watchdog);
      return started();
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    clearTimeout(asked?.timer);
    asked?.resolve(message.text);
  }

  /** @param {string} text @returns {Promise<string>} */
  async function ask(text) {
    await within(ready, limits.start);
    return new Promise((resolve, reject) => {
      if (!worker || over) return reject(over);
      const id = ++count;
      const timer = setTimeout(() => end('slow', `no answer within ${limits.answer} ms`), limits.answer);
      waiting.set(id, { resolve, reject, timer });
      post(worker, { type: 'ask', id, text });
    });
  }

  try {
    worker = begin(runtime, receive, end);
  } catch (error) {
    end('blocked', String(error));
  }
  return { ready, ask };
}

/**
 * Start the worker and listen to it. Throws where the browser refuses.
 * @param {Runtime} runtime @param {(message: FromWorker) => void} receive
 * @param {(key: FailureKey, detail: string) => void} end
 */
function begin(runtime, receive, end) {
  if (typeof WebAssembly !== 'object') throw new Error('this browser has no WebAssembly');
  const base = new URL(runtime.base, document.baseURI).href;
  const worker = new Worker(base + runtime.files.worker.path, { type: 'module' });
  worker.addEventListener('message', ({ data }) => receive(data));
  worker.addEventListener('messageerror', () => end('died', 'a message could not be read'));
  // A script that does not load is told by a bare event; an error inside one has a message.
  worker.addEventListener('error', (event) => end(event.message ? 'died' : 'missing', event.message || 'the worker did not load'));
  post(worker, { type: 'start', runtime: { ...runtime, base } });
  return worker;
}

/** The same, or an error when it takes longer than somebody waits. @param {Promise<void>} ready @param {number} limit */
async function within(ready, limit) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;
  const late = new Promise((_, reject) => {
    patience = setTimeout(() => reject(new EngineError('slow', `no start within ${limit} ms`)), limit);
  });
  await Promise.race([ready, late]).finally(() => clearTimeout(patience));
}

/**
 * A file that is not there may be of a build that is not there any more. Its page cannot be mended by trying again.
 * @param {unknown} error @param {Runtime} runtime @returns {Promise<unknown>} what to say instead
 */
async function explain(error, { base, files }) {
  if (!(error instanceof EngineError && error.key === 'missing')) return error;
  const address = new URL(`${base}manifest.json`, document.baseURI);
  const now = await fetch(address, { cache: 'no-cache' }).then((response) => response.json()).catch(() => undefined);
  const there = new Set(Object.values(now?.files ?? {}).map(({ path }) => path));
  const gone = Object.values(files).filter(({ path }) => !there.has(path));
  return there.size && gone.length ? new EngineError('updated', `this page was built with ${gone[0]?.path}`) : error;
}

/** @param {Worker} worker @param {ToWorker} message */
function post(worker, message) {
  worker.postMessage(message);
}

/**
 * Start ahead of the first ask: when a person first touches one of these forms, or once the page is idle. Does nothing on a page
 * without a form, or in a browser that asks to save data: there the first ask starts it.
 * @param {Client} client @param {Iterable<HTMLElement>} forms
 */
export function startEarly(client, forms) {
  const list = [...forms];
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  if (!list.length || connection?.saveData) return;
  const listening = new AbortController();
  const start = () => {
    listening.abort();
    client.start().catch(() => {}); // the ask that follows tries again, and says so
  };
  for (const form of list) {
    for (const touch of ['pointerdown', 'focusin', 'keydown']) {
      form.addEventListener(touch, start, { passive: true, signal: listening.signal });
    }
  }
  whenIdle(() => listening.signal.aborted || start());
}

/** @param {() => void} run */
function whenIdle(run) {
  const soon = () => ('requestIdleCallback' in globalThis ? requestIdleCallback(run, { timeout: 5000 }) : setTimeout(run, 1000));
  if (document.readyState === 'complete') soon();
  else addEventListener('load', soon, { once: true });
}
