/**
 * What is filled in on a tool's form, as plain values, and the file it can be saved as. A file is read with care: it may be of another tool, of
 * another version, or no file of ours at all.
 *
 * @typedef {Record<string, string[]>} Values
 * @typedef {{responses: Values, rows: Values[]}} Sheet
 * @typedef {{kind: string, schema: number, tool: string, version: string, made: string} & Sheet} Saved
 * @typedef {'opened' | 'older' | 'other' | 'newer' | 'damaged'} State
 */

import { day, isDay } from './days.mjs';
import { readText } from './files.mjs';

const KIND = 'noticing-neglect-tool';
const SCHEMA = 1;

/** @param {HTMLElement} root @returns {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} everything to fill in but rows */
function controls(root) {
  /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>} */
  const found = root.querySelectorAll('form :is(input, select, textarea)[name]:not([data-column])');
  return [...found];
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control */
const isBox = (control) => control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type);

/** @param {HTMLElement} root @returns {Values} what is filled in, by name, and nothing where nothing is */
export function readResponses(root) {
  /** @type {Values} */
  const responses = {};
  for (const control of controls(root)) {
    if (control instanceof HTMLInputElement && isBox(control) && !control.checked) continue;
    if (control.value.trim()) (responses[control.name] ??= []).push(control.value);
  }
  return responses;
}

/** Fill the form in with these values and no others. @param {HTMLElement} root @param {Values} responses */
export function writeResponses(root, responses) {
  for (const control of controls(root)) {
    const values = responses[control.name] ?? [];
    if (control instanceof HTMLInputElement && isBox(control)) control.checked = values.includes(control.value);
    else if (control instanceof HTMLInputElement && control.type === 'hidden') continue;
    else control.value = values[0] ?? '';
  }
}

/** The text of a file to save. @param {HTMLElement} root @param {Sheet} sheet */
export function write(root, { responses, rows }) {
  const { name: tool = '', version = '' } = root.dataset;
  const kept = Object.fromEntries(Object.entries(responses).filter(([name]) => name !== 'today'));
  /** @type {Saved} */
  const saved = { kind: KIND, schema: SCHEMA, tool, version, made: day(), responses: kept, rows };
  return JSON.stringify(saved, null, 1);
}

/**
 * Read a file as this tool can use it now: what the form does not offer (any more) is left out, and counted.
 * @param {HTMLElement} root @param {File} file @returns {Promise<{state: State, made: string, sheet: Sheet, dropped: number}>}
 */
export async function open(root, file) {
  const saved = parse(await readText(file));
  const nothing = { made: '', sheet: { responses: {}, rows: [] }, dropped: 0 };
  if (!saved) return { state: 'damaged', ...nothing };
  if (saved.schema > SCHEMA) return { state: 'newer', ...nothing };
  if (saved.tool !== root.dataset.name) return { state: 'other', ...nothing };
  if (!isSheet(saved)) return { state: 'damaged', ...nothing };
  const template = root.querySelector('template[data-part="row"]');
  const row = template instanceof HTMLTemplateElement ? template.content : null;
  const responses = fit(saved.responses, offers(controls(root).filter((control) => !(control instanceof HTMLInputElement && control.type === 'hidden')), (one) => one.name));
  const columns = offers([...(row?.querySelectorAll('[data-column]') ?? [])], (one) => one.dataset.column ?? '');
  const rows = saved.rows.map((values) => fit(values, columns));
  const beyond = rows.splice(mostRows(root)).length;
  const dropped = responses.dropped + beyond + rows.reduce((sum, one) => sum + one.dropped, 0);
  const state = saved.version === root.dataset.version && !dropped ? 'opened' : 'older';
  return { state, made: saved.made, sheet: { responses: responses.kept, rows: rows.map((one) => one.kept) }, dropped };
}

/** How many rows there is room for. @param {HTMLElement} root */
function mostRows(root) {
  const table = root.querySelector('[data-table]');
  return table instanceof HTMLElement ? Number(table.dataset.most) : 0;
}

/** @param {string | null} text @returns {Saved | undefined} a file of this kind, whatever else is wrong with it */
function parse(text) {
  try {
    const saved = JSON.parse(text ?? '');
    return saved?.kind === KIND && Number.isInteger(saved.schema) ? saved : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Saved} saved */
function isSheet({ responses, rows, made }) {
  return isDay(made) && isValues(responses) && Array.isArray(rows) && rows.every(isValues);
}

/** @param {unknown} value */
function isValues(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((values) => Array.isArray(values) && values.every((one) => typeof one === 'string'));
}

/**
 * What may be filled in under each name: these values, or any text. @template {Element} T
 * @param {T[]} found @param {(control: any) => string} nameOf @returns {Map<string, Set<string> | null>}
 */
function offers(found, nameOf) {
  /** @type {Map<string, Set<string> | null>} */
  const offered = new Map();
  for (const control of found) {
    const name = nameOf(control);
    if (control instanceof HTMLSelectElement) offered.set(name, new Set([...control.options].map((one) => one.value)));
    else if (control instanceof HTMLInputElement && isBox(control)) offered.set(name, (offered.get(name) ?? new Set()).add(control.value));
    else offered.set(name, null);
  }
  return offered;
}

/** @param {Values} values @param {Map<string, Set<string> | null>} offered */
function fit(values, offered) {
  /** @type {Values} */
  const kept = {};
  let dropped = 0;
  for (const [name, given] of Object.entries(values)) {
    const allowed = offered.get(name);
    const fits = given.filter((value) => offered.has(name) && (!allowed || allowed.has(value)));
    dropped += given.length - fits.length;
    if (fits.length) kept[name] = fits;
  }
  return { kept, dropped };
}
