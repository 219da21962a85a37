/**
 * The copy of the site on a person's own device: fetched whole or not at all once they ask for it, and removed in one go. The only script of a
 * page that touches service workers and caches. `copy-worker.mjs`, which has the same names, hands the copy out when there is no network.
 *
 * What is current is one small text, written last. So a copy that is half there is never used, and is swept away.
 *
 * @typedef {{path: string, bytes: number, sha256: string}} Entry a file by its address below the site's own
 * @typedef {{schema: number, version: string, built: string, days: number, bytes: number, files: Entry[]}} Manifest
 * @typedef {{schema: number, version: string, saved: string, built: string, days: number, bytes: number}} Kept
 * @typedef {{files: number, of: number, bytes: number, ofBytes: number}} Progress
 * @typedef {'unsupported' | 'insecure' | 'refused' | 'absent' | 'network' | 'changed' | 'full' | 'busy' | 'stopped'} Cause
 */

import { day } from './days.mjs';

const SCHEMA = 1;
const BASE = new URL('../../', import.meta.url);
/** What every cache of this site begins with. It holds the site's address, so that two sites on one host do not share it. */
const NAME = `noticing-neglect ${BASE.pathname} copy`;
const STATE = `${NAME} state`;
const CURRENT = new URL('copy-state/current', BASE).href;
const AT_ONCE = 6;

/** Why no copy came of it. `cause` chooses the words a person reads. */
export class CopyError extends Error {
  /** @param {Cause} cause @param {unknown} [detail] */
  constructor(cause, detail = '') {
    super(`${cause}: ${detail}`);
    this.name = 'CopyError';
    this.cause = cause;
  }
}

/** What stands in the way of a copy here, before anything is tried. @returns {Cause | undefined} */
export function obstacle() {
  if (location.protocol === 'file:' || !isSecureContext) return 'insecure';
  const able = 'serviceWorker' in navigator && 'caches' in globalThis && 'locks' in navigator;
  return able ? undefined : 'unsupported';
}

/** The copy that is kept now, if there is a whole one. @returns {Promise<Kept | undefined>} */
export async function kept() {
  if (obstacle()) return undefined;
  try {
    const found = await caches.match(CURRENT, { cacheName: STATE });
    const state = await found?.json();
    return state?.schema === SCHEMA && (await caches.has(cacheOf(state.version))) ? state : undefined;
  } catch {
    return undefined; // where storage is refused there is no copy
  }
}

/**
 * Fetch the site as it is now and make it the copy. What was kept before stays whole until then, and after any failure.
 * @param {(progress: Progress) => void} report @param {AbortSignal} signal
 * @returns {Promise<Kept>} rejects with a `CopyError`
 */
export async function keep(report, signal) {
  const wrong = obstacle();
  if (wrong) throw new CopyError(wrong);
  const alone = await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => lock && { kept: await replace(report, signal) });
  if (!alone) throw new CopyError('busy');
  return alone.kept;
}

/** Remove the copy and all that belongs to it. `copy:gone` on the document tells who shows it. */
export async function remove() {
  if (obstacle()) return;
  await sweep([]);
  const registration = await navigator.serviceWorker.getRegistration(BASE.href);
  if (registration?.scope === BASE.href) await registration.unregister();
  document.dispatchEvent(new CustomEvent('copy:gone'));
}

/** @param {(progress: Progress) => void} report @param {AbortSignal} signal @returns {Promise<Kept>} */
async function replace(report, signal) {
  const before = await kept();
  const keptNames = before ? [STATE, cacheOf(before.version)] : [];
  try {
    const { files, ...manifest } = await readManifest(signal);
    await startWorker();
    const name = cacheOf(manifest.version);
    if (manifest.version !== before?.version) {
      await caches.delete(name);
      await fill(name, files, manifest.bytes, before, report, signal);
    }
    const today = day();
    const state = { ...manifest, saved: today > manifest.built ? today : manifest.built };
    if (!(await caches.has(name))) throw new CopyError('stopped', 'it was removed meanwhile');
    await (await caches.open(STATE)).put(CURRENT, new Response(JSON.stringify(state)));
    await sweep([STATE, name]);
    return state;
  } catch (error) {
    await (before ? sweep(keptNames) : remove()).catch(() => {});
    throw told(error);
  }
}

/** @param {AbortSignal} signal @returns {Promise<Manifest>} */
async function readManifest(signal) {
  const response = await ask(new URL('copy.json', BASE).href, signal);
  if (response.status === 404) throw new CopyError('absent', 'copy.json');
  if (!response.ok) throw new CopyError('network', `copy.json: ${response.status}`);
  const manifest = await response.json().catch(() => undefined);
  if (manifest?.schema !== SCHEMA) throw new CopyError('changed', 'copy.json is of another sort');
  return manifest;
}

/** Register the worker, and wait until it runs. */
async function startWorker() {
  try {
    const options = { scope: BASE.pathname, updateViaCache: /** @type {const} */ ('none') };
    const registration = await navigator.serviceWorker.register(new URL('copy-worker.mjs', BASE), options);
    const worker = registration.installing ?? registration.waiting;
    if (registration.active || !worker) return;
    await new Promise((resolve, reject) => {
      worker.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve(undefined);
        else if (worker.state === 'redundant') reject(new Error('the worker did not install'));
      });
    });
  } catch (error) {
    throw new CopyError('refused', error);
  }
}

/**
 * Put every file into a cache of its own, from the copy before where it is the same and from the network where not.
 * @param {string} name @param {Entry[]} files @param {number} ofBytes @param {Kept | undefined} before
 * @param {(progress: Progress) => void} report @param {AbortSignal} signal
 */
async function fill(name, files, ofBytes, before, report, signal) {
  const target = await caches.open(name);
  const waiting = [...files];
  const failed = new AbortController();
  signal.addEventListener('abort', () => failed.abort(), { signal: failed.signal });
  let done = 0;
  let bytes = 0;
  const work = async () => {
    for (let entry = waiting.shift(); entry && !failed.signal.aborted; entry = waiting.shift()) {
      const address = new URL(entry.path, BASE).href;
      const old = before && (await caches.match(address, { cacheName: cacheOf(before.version), ignoreVary: true }));
      await target.put(address, (old && (await whole(old, entry))) ?? (await fetchWhole(address, entry, failed.signal)));
      bytes += entry.bytes;
      report({ files: ++done, of: files.length, bytes, ofBytes });
    }
  };
  signal.throwIfAborted();
  const ended = await Promise.allSettled(
    Array.from({ length: AT_ONCE }, () =>
      work().catch((error) => {
        failed.abort();
        throw error;
      }),
    ),
  );
  signal.throwIfAborted();
  const why = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])).sort((one, other) => rank(one) - rank(other));
  if (why.length) throw why[0];
}

/** The first failure stops the others, and theirs tell nothing. @param {unknown} error */
function rank(error) {
  return error instanceof CopyError && error.cause === 'stopped' ? 1 : 0;
}

/** @param {string} address @param {Entry} entry @param {AbortSignal} signal */
async function fetchWhole(address, entry, signal) {
  const response = await ask(address, signal);
  if (response.status >= 500) throw new CopyError('network', `${entry.path}: ${response.status}`);
  const found = response.ok && (await whole(response, entry));
  if (!found) throw new CopyError('changed', `${entry.path} is not the file expected`);
  return found;
}

/** Past every cache: `no-store` also tells our worker to keep out of it. @param {string} address @param {AbortSignal} signal */
async function ask(address, signal) {
  try {
    return await fetch(address, { cache: 'no-store', signal });
  } catch (error) {
    throw new CopyError(signal.aborted ? 'stopped' : 'network', error);
  }
}

/**
 * The response as the copy has it, or nothing when it is not the file of this version. Its headers stay, because the engine's worker obeys the
 * policy that it was sent with.
 * @param {Response} response @param {Entry} entry
 */
async function whole(response, { sha256 }) {
  const content = await response.arrayBuffer().catch((error) => {
    throw new CopyError(error instanceof DOMException && error.name === 'AbortError' ? 'stopped' : 'network', error);
  });
  if (hex(await crypto.subtle.digest('SHA-256', content)) !== sha256) return undefined;
  const headers = new Headers(response.headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name);
  return new Response(content, { headers });
}

/** Delete every cache of ours but these. @param {string[]} but */
async function sweep(but) {
  for (const name of await caches.keys()) if (name.startsWith(`${NAME} `) && !but.includes(name)) await caches.delete(name);
}

/** @param {string} version */
function cacheOf(version) {
  return `${NAME} ${version}`;
}

/** @param {unknown} error */
function told(error) {
  if (error instanceof CopyError) return error;
  const name = error instanceof DOMException ? error.name : '';
  return new CopyError(name === 'QuotaExceededError' ? 'full' : name === 'AbortError' ? 'stopped' : 'refused', error);
}

/** @param {ArrayBuffer} bytes */
function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
