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
    args: ['-S'], // no site module: there is nothing installed to find
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
  await tryWebAssembly();
  const { base, files } = runtime;
  const compiled = compile(base + files.wasm.path);
  const stdlib = fetchChecked(base, files.stdlib);
  const engine = fetchChecked(base, files.engine);
  const lost = Promise.all([compiled, stdlib, engine, giveParts(compiled, { [base + files.stdlib.path]: stdlib })]);
  return Promise.race([lost.then(() => new Promise(() => {})), open(runtime, engine)]);
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
 * Every part is asked for at once, and compiled while the scripts that use it are still being read; the loader would do one thing after
 * another. It would also only log a part that is absent, wrong or refused, and then wait. So it gets from here what it asks
 * for, nothing else is fetched in this worker, and a failure is known.
 * @param {Promise<WebAssembly.Module>} compiled @param {Record<string, Promise<ArrayBuffer>>} parts
 * @returns {Promise<void>} settles when the module has started, or rejects when it could not
 */
function giveParts(compiled, parts) {
  globalThis.fetch = async (request) => {
    const address = String(request);
    if (address.endsWith('.wasm')) return new Response(); // stands for what is compiled already
    if (!(address in parts)) throw new TypeError(`${address} is no part of the runtime`);
    return new Response(await parts[address]);
  };
  return new Promise((resolve, reject) => {
    WebAssembly.instantiateStreaming = async (_, imports) => {
      const module = await compiled;
      const instantiated = WebAssembly.instantiate(module, imports);
      instantiated.then(() => resolve(), reject);
      return { module, instance: await instantiated };
    };
  });
}

/**
 * @param {Runtime} runtime @param {Promise<ArrayBuffer>} engine
 * @returns {Promise<Handle>}
 */
async function open(runtime, engine) {
  const { base, files } = runtime;
  const [{ loadPyodide }] = await Promise.all([load(base + files.loader.path), load(base + files.script.path)]);
  const python = await loadPyodide(options(base, runtime));
  return install(python, new Uint8Array(await engine));
}

/** @param {string} address */
async function load(address) {
  try {
    return await import(address);
  } catch (error) {
    throw new Failure('missing', `${address}: ${error}`);
  }
}

/** @param {string} address */
async function compile(address) {
  const response = await fetchPart(address);
  // Hosts that do not know `.wasm` name its type wrongly, and browsers then refuse to compile it from the network.
  const typed = response.headers.get('Content-Type')?.startsWith('application/wasm');
  try {
    return await (typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw error instanceof WebAssembly.CompileError ? new Failure('missing', `${address}: ${error}`) : error;
  }
}

/** @param {string} base @param {RuntimeFile} file */
async function fetchChecked(base, { path, sha256 }) {
  const content = await (await fetchPart(base + path)).arrayBuffer();
  // Browsers offer hashing on secure origins only. On a plain http one the hashed name has to do.
  if (crypto.subtle && hex(await crypto.subtle.digest('SHA-256', content)) !== sha256) {
    throw new Failure('missing', `${base + path} is not the file expected`);
  }
  return content;
}

/** @param {string} address */
async function fetchPart(address) {
  const response = await fetch(address).catch((error) => error);
  if (!(response instanceof Response && response.ok)) throw new Failure('missing', `${address}: ${response.status ?? response}`);
  return response;
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
