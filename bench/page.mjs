/** One measurement in a fresh page: `?who=ours|snapshot|bare|pyscript&trips=200`. The result is left in `globalThis.measured`, a promise. */
import { createClient } from '/assets/javascripts/client.mjs';

const asked = new URLSearchParams(location.search);
const PATIENCE = { start: 170_000, answer: 60_000 };

/** @param {string} who */
async function describe(who) {
  const { runtime, text } = await (await fetch('/bench/job.json')).json();
  if (who === 'ours') return { runtime, text };
  if (who === 'snapshot') return { runtime: { ...runtime, files: { ...runtime.files, worker: { ...runtime.files.worker, path: '../../bench/snapshot.mjs' } } }, text };
  const files = { ...runtime.files, worker: { path: `bench/${who}.mjs`, sha256: '', bytes: 0 } };
  return { runtime: { ...runtime, base: '/', files }, text };
}

/** Milliseconds from the first wish for an answer, with nothing started, to the answer. @param {string} who */
async function first(who) {
  const { runtime, text } = await describe(who);
  const client = createClient(runtime, PATIENCE);
  const begun = performance.now();
  const answer = await client.ask(text);
  return { client, text, answer, ms: performance.now() - begun };
}

/** The same of PyScript, as its manual has it: a script element of type `py`, on the page. */
async function firstOfPyScript() {
  const { text } = await describe('ours');
  globalThis.question = text;
  const tag = Object.assign(document.createElement('script'), { type: 'py', src: '/bench/mark.py' });
  tag.setAttribute('config', '/bench/pyscript.json');
  const begun = performance.now();
  const marked = new Promise((resolve) => (globalThis.answered = resolve));
  document.body.append(tag);
  await import('/pyscript/core.js');
  const answer = await marked;
  return { answer, ms: performance.now() - begun };
}

/** Milliseconds of each of a number of asks, one after another. */
async function trips({ client, text }, count) {
  const each = [];
  for (let done = 0; done < count; done += 1) {
    const begun = performance.now();
    await client.ask(text);
    each.push(performance.now() - begun);
  }
  return each;
}

async function measure() {
  const who = asked.get('who') ?? 'ours';
  if (who === 'pyscript') {
    const { answer, ms } = await firstOfPyScript();
    return { first: ms, answer, marking: [], echo: [] };
  }
  const one = await first(who);
  const count = Number(asked.get('trips') ?? 0);
  const marking = count ? await trips(one, count) : [];
  const echo = count ? await trips(await first('echo'), count) : [];
  return { first: one.ms, answer: one.answer, marking, echo };
}

const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer in time')), PATIENCE.start));
globalThis.measured = Promise.race([measure(), late]).catch((error) => ({ failed: `${error.key ?? ''} ${error.message}` }));
