// What anyone would write first: Pyodide as published, the engine's sources, nothing prepared.
import { loadPyodide } from '/stock/pyodide.mjs';

let handle;

async function start() {
  const python = await loadPyodide();
  const engine = await (await fetch('/bench/engine-source.zip')).arrayBuffer();
  python.FS.writeFile('/engine.zip', new Uint8Array(engine));
  python.runPython("import sys; sys.path.append('/engine.zip')");
  handle = python.runPython('from engine.messages import handle; handle');
}

self.addEventListener('message', async ({ data }) => {
  if (data.type === 'start') {
    await start();
    self.postMessage({ type: 'ready' });
  } else {
    self.postMessage({ type: 'answer', id: data.id, text: handle(data.text) });
  }
});
