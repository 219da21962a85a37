// A worker that says back what it is told: what the border itself costs.
self.addEventListener('message', ({ data }) => {
  self.postMessage(data.type === 'start' ? { type: 'ready' } : { type: 'answer', id: data.id, text: data.text });
});
