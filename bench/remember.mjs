// Writes what Python's memory holds once the engine is in: `node bench/remember.mjs <runtime folder> <file>`.
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [folder = '', target = ''] = process.argv.slice(2);
const base = `${folder}/`;
const runtime = JSON.parse(await readFile(`${base}manifest.json`, 'utf8'));
const { options, install } = await import(pathToFileURL(base + runtime.files.worker.path).href);
const { loadPyodide } = await import(pathToFileURL(base + runtime.files.loader.path).href);
const python = await loadPyodide({ ...options(base, runtime), _makeSnapshot: true });
install(python, await readFile(base + runtime.files.engine.path));
await writeFile(target, python.makeMemorySnapshot());
