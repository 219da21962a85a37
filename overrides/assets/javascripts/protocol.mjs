/**
 * The messages between a page (`client.mjs`) and its engine (`worker.mjs`). Types only: nothing here runs.
 *
 * The page starts the worker and sends `start` once. The worker says `ready`, or `failed` and is then finished. From `ready` on every
 * `ask` gets one `answer` with the same id, in the order asked. Both texts are JSON, but neither side of this border reads them.
 *
 * @typedef {'worker' | 'loader' | 'script' | 'wasm' | 'stdlib' | 'engine'} Role
 * @typedef {{path: string, sha256: string, bytes: number}} RuntimeFile path is relative to `base`
 * @typedef {{
 *   base: string,
 *   files: Record<Role, RuntimeFile>,
 *   lock: {info: {abi_version: string, arch: string, platform: string, python: string}, packages: Record<string, never>},
 * }} Runtime the build's `manifest.json`, and the address of the folder it lies in
 *
 * @typedef {'blocked' | 'missing' | 'updated' | 'slow' | 'died'} FailureKey
 *   blocked: this browser, or a rule of the network or site, refuses WebAssembly or workers;
 *   missing: a file did not arrive, or is not the file this page was built with;
 *   updated: a file is missing because the site has been built again since the page was opened;
 *   slow: no sign of life within the time allowed;
 *   died: the worker or the engine stopped
 *
 * @typedef {{type: 'start', runtime: Runtime}} Start
 * @typedef {{type: 'ask', id: number, text: string}} Ask
 * @typedef {{type: 'ready'}} Ready
 * @typedef {{type: 'answer', id: number, text: string}} Answer
 * @typedef {{type: 'failed', key: FailureKey, detail: string}} Failed
 *
 * @typedef {Start | Ask} ToWorker
 * @typedef {Ready | Answer | Failed} FromWorker
 */

export {};
