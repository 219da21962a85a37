/**
 * The engine in a worker: starts Pyodide once, then answers texts with texts. The only script that knows what runs the engine.
 *
 * It is published as a copy whose name carries its hash, and told every other address by the page, so page, worker and engine
 * are always of one build. Nothing is stored, and nothing is fetched but the files of the runtime.
 *
 * @typedef {import('./protocol.mjs').Runtime} Runtime
 * @typedef {import('./protocol.mjs').RuntimeFile} RuntimeFile
 * @typedef {import('./protocol.mjs').FailureKey} FailureKey
 * @typedef {import('./protocol.mjs').FromWorker} FromWorker
 * @typedef {import('pyodide').PyodideAPI} Python
 * @typedef {(text: string) => string} Handle
 */

const ENGINE = '/engine.bin';
/** The smallest WebAssembly module there is: its header. */
const NOTHING = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** A start that failed, and which of the four ways. */
class Failure extends Error {
  /** @param {FailureKey} key @param {string} detail */
  constructor(key, detail) {
    super(detail);
    this.key = key;
  }
}

/**
 * What the loader is given. `indexURL` is where its own three files lie.
 * @param {string} base @param {Runtime} runtime
 * @returns {import('pyodide').PyodideConfig}
 */
export function options(base, { files, lock }) {
  const home = base + files.wasm.path.replace(/[^/]*$/, '');
  return {
    indexURL: home,
    packageBaseUrl: home,
    stdLibURL: base + files.stdlib.path,
    lockFileContents: JSON.stringify(lock),
    enableRunUntilComplete: false,
  };
}

/**
 * Put the engine in and return its door.
 * @param {Python} python @param {Uint8Array} engine
 * @returns {Handle}
 */
export function install(python, engine) {
  python.FS.writeFile(ENGINE, engine);
  python.pyimport('sys').path.append(ENGINE);
  return python.pyimport('engine.messages').handle;
}

/**
 * @param {Runtime} runtime
 * @returns {Promise<Handle>}
 */
async function start(runtime) {
  const { base, files } = runtime;
  await tryWebAssembly();
  const parts = fetchParts(base, files);
  const lost = Promise.all(parts.values()).then(() => new Promise(() => {}));
  return Promise.race([lost, open(runtime, parts)]);
}

/** The loader waits for ever where WebAssembly is refused, so that is found out first. */
async function tryWebAssembly() {
  try {
    await WebAssembly.compile(NOTHING);
  } catch (error) {
    throw new Failure('blocked', String(error));
  }
}

/**
 * Ask for every part at once, not one after another as the loader would. From here on this worker fetches nothing else, and the
 * loader, which only logs a file that is absent or wrong and then waits, is given files that have been checked.
 * @param {string} base @param {Runtime['files']} files
 * @returns {Map<string, Promise<Response>>}
 */
function fetchParts(base, { wasm, stdlib, engine }) {
  const parts = new Map([wasm, stdlib, engine].map((file) => [base + file.path, fetchPart(base + file.path, file)]));
  globalThis.fetch = async (request) => {
    const part = parts.get(String(request));
    if (!part) throw new TypeError(`${request} is no part of the runtime`);
    return part;
  };
  return parts;
}

/** @param {string} address @param {RuntimeFile} file */
async function fetchPart(address, { sha256 }) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return address.endsWith('.wasm') ? asWasm(response) : await checked(response, sha256);
  } catch (error) {
    throw new Failure('missing', `${address}: ${error}`);
  }
}

/** @param {Response} response @param {string} sha256 */
async function checked(response, sha256) {
  const content = await response.arrayBuffer();
  // Browsers offer hashing on secure origins only. On a plain http one the hashed name has to do.
  if (crypto.subtle && hex(await crypto.subtle.digest('SHA-256', content)) !== sha256) throw new Error('not the file expected');
  return new Response(content);
}

/** Hosts that do not know `.wasm` name its type wrongly, and browsers then refuse to compile it. @param {Response} response */
function asWasm(response) {
  if (response.headers.get('Content-Type')?.startsWith('application/wasm')) return response;
  return new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
}

/**
 * @param {Runtime} runtime @param {Map<string, Promise<Response>>} parts
 * @returns {Promise<Handle>}
 */
async function open(runtime, parts) {
  const { base, files } = runtime;
  const [{ loadPyodide }] = await Promise.all([load(base + files.loader.path), load(base + files.script.path)]);
  const python = await loadPyodide(options(base, runtime));
  const engine = await parts.get(base + files.engine.path);
  if (!engine) throw new Failure('missing', files.engine.path);
  return install(python, new Uint8Array(await engine.arrayBuffer()));
}

/** @param {string} address */
async function load(address) {
  try {
    return await import(address);
  } catch (error) {
    throw new Failure('missing', `${address}: ${error}`);
  }
}

/** @param {ArrayBuffer} bytes */
function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {FromWorker} message */
function send(message) {
  self.postMessage(message);
}

/** @param {unknown} error */
function fail(error) {
  send({ type: 'failed', key: error instanceof Failure ? error.key : 'died', detail: String(error) });
}

/** @type {Handle | undefined} */
let handle;

/** @param {MessageEvent<import('./protocol.mjs').ToWorker>} event */
async function receive({ data }) {
  try {
    if (data.type === 'start') {
      handle = await start(data.runtime);
      send({ type: 'ready' });
    } else if (handle) {
      send({ type: 'answer', id: data.id, text: handle(data.text) });
    }
  } catch (error) {
    fail(error);
  }
}

// Tests import this file where there is no worker, for `options` and `install`.
if ('WorkerGlobalScope' in globalThis) self.addEventListener('message', receive);
