// Runs inside.py on stock Pyodide: `node compile.mjs <work folder>`. Prints the magic number of the bytecode it made.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadPyodide } from 'pyodide';

/** Dates, hash seed and optimisation are fixed: the same sources give the same bytes. */
const options = {
  args: ['-OO', '-X', 'no_debug_ranges'],
  env: { SOURCE_DATE_EPOCH: '315532800', PYTHONHASHSEED: '0' },
  enableRunUntilComplete: false,
  stdout: () => {},
  stderr: () => {},
};

async function main() {
  const work = path.resolve(process.argv[2]);
  const job = await readFile(path.join(work, 'job.json'), 'utf8');
  const python = await loadPyodide(options);
  python.FS.mkdirTree('/wheels');
  for (const wheel of JSON.parse(job).wheels) {
    python.FS.writeFile(`/wheels/${path.basename(wheel)}`, await readFile(wheel));
  }
  python.FS.mkdirTree('/made');
  python.mountNodeFS('/made', path.join(work, 'compiled'));
  python.globals.set('JOB', job);
  console.log(python.runPython(await readFile(new URL('inside.py', import.meta.url), 'utf8')));
}

// The last line is the one that is shown, and an uncaught error would print a page of the vendor's script first.
main().catch((error) => {
  process.stderr.write(`${String(error.message ?? error).trim()}\n`);
  process.exitCode = 1;
});
