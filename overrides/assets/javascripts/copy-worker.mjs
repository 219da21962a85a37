/**
 * The service worker that hands out the copy a person asked to keep (`copy.mjs`) when the site cannot be reached. The build puts it at the top of
 * the site, where it may answer for every page. It imports nothing, so that browsers without modules in service workers run it too.
 *
 * THE RULE. A page that came from the network gets everything from the network, and a page that came from a copy gets everything from that
 * copy and version, or nothing. Only a file whose name holds a hash of its content may come from either, because both are the same.
 *
 * @typedef {import('./copy.mjs').Kept} Kept
 * @typedef {Event & {waitUntil: (promise: Promise<unknown>) => void}} Extendable
 * @typedef {Extendable & {request: Request, clientId: string, resultingClientId: string, respondWith: (answer: Promise<Response>) => void}} Fetching
 * @typedef {{registration: ServiceWorkerRegistration, skipWaiting: () => Promise<void>, FetchEvent: {prototype: object},
 *   clients: {get: (id: string) => Promise<unknown>}, addEventListener: (kind: string, listener: (event: any) => void) => void}} Scope
 */

const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));
const SCHEMA = 1;
const BASE = scope.registration.scope;
const NAME = `noticing-neglect ${new URL(BASE).pathname} copy`;
const STATE = `${NAME} state`;
const CURRENT = `${BASE}copy-state/current`;
const PAGE = `${BASE}copy-state/page/`;
const NOT_HERE = `${BASE}about/keep-a-copy/#not-in-the-copy`;
/** Milliseconds that the network has to answer with a page, while there is a copy of it to show instead. */
const LIMIT = 4000;
const DAY = 86_400_000;
/** An address that holds a hash, as `macros/finish/headers.py` has it. */
const HASHED = /-[0-9a-f]{12}(\/[^/]+|\.[a-z]+)$/;

/** The version that each open page came from, or nothing for the network. This worker may be stopped at any time: see `remember`. @type {Map<string, string>} */
const sources = new Map();

scope.addEventListener('install', (/** @type {Extendable} */ event) => {
  // Without this a page cannot be told from the next, and the rule could not be kept.
  const able = 'resultingClientId' in scope.FetchEvent.prototype;
  event.waitUntil(able ? scope.skipWaiting() : Promise.reject(new Error('this browser does not name the page to come')));
});

scope.addEventListener('fetch', (/** @type {Fetching} */ event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(BASE) || request.cache === 'no-store') return;
  event.respondWith(request.mode === 'navigate' ? givePage(event) : givePart(event));
});

/** @param {Fetching} event @returns {Promise<Response>} */
async function givePage(event) {
  const { request, resultingClientId } = event;
  const state = await current();
  event.waitUntil(tidy());
  const page = state && (await findPage(state.version, request.url));
  const answer = await fromNetwork(request, page ? LIMIT : 0);
  if (answer && (answer.status < 500 || !page)) return answer;
  if (!state || !page) return state && request.url !== NOT_HERE.split('#')[0] ? Response.redirect(NOT_HERE) : Response.error();
  if (page.status !== 200) return page;
  await remember(resultingClientId, state.version);
  return dated(page, state);
}

/** @param {Fetching} event @returns {Promise<Response>} */
async function givePart({ request, clientId }) {
  if (HASHED.test(new URL(request.url).pathname)) {
    const state = await current();
    return (state && (await find(state.version, request.url))) ?? fetch(request);
  }
  const version = await sourceOf(clientId);
  if (!version) return fetch(request);
  return (await find(version, request.url)) ?? Response.error();
}

/** The network's answer; nothing where there is none, or none in time. @param {Request} request @param {number} limit @returns {Promise<Response | undefined>} */
function fromNetwork(request, limit) {
  const answer = fetch(request).catch(() => undefined);
  return limit ? Promise.race([answer, new Promise((resolve) => setTimeout(resolve, limit, undefined))]) : answer;
}

/** The copy that is kept now. @returns {Promise<Kept | undefined>} */
async function current() {
  const found = await caches.match(CURRENT, { cacheName: STATE }).catch(() => undefined);
  const state = await found?.json().catch(() => undefined);
  return state?.schema === SCHEMA && (await caches.has(`${NAME} ${state.version}`)) ? state : undefined;
}

/** @param {string} version @param {string} address @returns {Promise<Response | undefined>} */
function find(version, address) {
  const { origin, pathname } = new URL(address);
  const plain = origin + pathname.replace(/\/index\.html$/, '/');
  return caches.match(plain, { cacheName: `${NAME} ${version}` }).catch(() => undefined);
}

/** A page, or for a folder's name without its slash the way to it. @param {string} version @param {string} address */
async function findPage(version, address) {
  const { origin, pathname, search } = new URL(address);
  const folder = `${origin}${pathname}/`;
  const slashless = !pathname.endsWith('/') && (await find(version, folder));
  return slashless ? Response.redirect(folder + search) : find(version, address);
}

/** The page with its lines about the copy shown and dated. @param {Response} page @param {Kept} state */
async function dated(page, state) {
  if (!page.headers.get('Content-Type')?.startsWith('text/html')) return page;
  const age = isOld(state) ? 'old' : 'fresh';
  const said = new Date(`${state.saved}T12:00`).toLocaleDateString('en-GB', { dateStyle: 'long' });
  const text = (await page.text())
    .replaceAll(new RegExp(`(data-copy="(?:${age}|print)") hidden`, 'g'), '$1')
    .replaceAll('<span data-copy-day></span>', `<span data-copy-day>${said}</span>`);
  return new Response(text, { headers: page.headers });
}

/** Too old to be taken for current. A clock that stands before the day of the copy is wrong, and tells nothing. @param {Kept} state */
function isOld({ saved, days }) {
  const now = new Date();
  const age = Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.parse(saved)) / DAY);
  return !(age >= 0 && age <= days);
}

/**
 * Which version a page came from, until it closes. Written down, because this worker may be stopped while the page is open.
 * @param {string} id @param {string} version
 */
async function remember(id, version) {
  sources.set(id, version);
  try {
    await (await caches.open(STATE)).put(PAGE + id, new Response(version, { headers: { Date: new Date().toUTCString() } }));
    if (!(await current())) await caches.delete(STATE); // removed meanwhile
  } catch {
    // no room: as long as this worker runs, it knows
  }
}

/** @param {string} id @returns {Promise<string>} */
async function sourceOf(id) {
  const known = sources.get(id);
  if (known !== undefined || !id) return known ?? '';
  const found = await caches.match(PAGE + id, { cacheName: STATE }).catch(() => undefined);
  const version = (await found?.text()) ?? '';
  sources.set(id, version);
  return version;
}

/** Sweep away what was left behind: a copy that never became whole, and what was written down about pages that are gone. */
async function tidy() {
  await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (!lock) return; // a copy is being fetched
    const state = await current();
    const kept = state ? [STATE, `${NAME} ${state.version}`] : [];
    for (const name of await caches.keys()) if (name.startsWith(`${NAME} `) && !kept.includes(name)) await caches.delete(name);
    if (!state) return void (await scope.registration.unregister());
    const notes = await caches.open(STATE);
    for (const { url } of await notes.keys()) if (url.startsWith(PAGE) && (await isGone(notes, url))) await notes.delete(url);
  });
}

/** A page that closed a day ago or longer: the browser may bring back one that closed just now. @param {Cache} notes @param {string} url */
async function isGone(notes, url) {
  const written = Date.parse((await notes.match(url))?.headers.get('Date') ?? '');
  return !(Date.now() - written < DAY) && !(await scope.clients.get(url.slice(PAGE.length)));
}
