// Answers texts with the built runtime, as the browser would: `node run_cases.mjs <runtime folder> <file of JSON texts>`.
// Prints {"imported": [...], "refused": {name: error}, "answers": [...]}; the file holds {"modules": [...], "texts": [...]}.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, options } from '../../overrides/assets/javascripts/worker.mjs';

async function main() {
  const base = `${path.resolve(process.argv[2])}/`;
  const runtime = JSON.parse(await readFile(`${base}manifest.json`, 'utf8'));
  const { modules, texts } = JSON.parse(await readFile(process.argv[3], 'utf8'));
  const { loadPyodide } = await import(pathToFileURL(base + runtime.files.loader.path).href);
  const python = await loadPyodide({ ...options(base, runtime), stdout: () => {} });
  const handle = install(python, await readFile(base + runtime.files.engine.path));
  const refused = {};
  for (const name of modules) {
    try {
      python.pyimport(name);
    } catch (error) {
      refused[name] = String(error.message).trim().split('\n').at(-1);
    }
  }
  const magic = python.runPython('import importlib.util; importlib.util.MAGIC_NUMBER.hex()');
  process.stdout.write(JSON.stringify({ magic, refused, answers: texts.map((text) => handle(text)) }));
}

main().catch((error) => {
  process.stderr.write(`${String(error.message ?? error).trim()}\n`);
  process.exitCode = 1;
});
