/**
 * Parts of a question that a form alone cannot show: a story that goes on from what is chosen, and figures beside the words. The view
 * calls these; they know of elements and nothing of marking.
 */

/** A story shows its first part, and after each decision the part it leads to. @param {Element} story @param {HTMLElement} [chosen] */
export function tell(story, chosen) {
  const scenes = [...story.querySelectorAll('[data-scene]')].filter((one) => one instanceof HTMLElement);
  let scene = scenes.find((one) => 'sceneStart' in one.dataset);
  /** @type {Set<HTMLElement>} */
  const told = new Set();
  while (scene && !told.has(scene)) {
    told.add(scene);
    const choice = scene.querySelector('input:checked');
    scene = choice instanceof HTMLInputElement ? scenes.find((one) => one.dataset.scene === choice.dataset.leadsTo) : undefined;
  }
  for (const one of scenes) {
    one.hidden = !told.has(one);
    for (const choice of one.querySelectorAll('input')) if (one.hidden) choice.checked = false;
  }
  story.append(...told); // in the order of the path
  if (!chosen) return;
  const status = story.querySelector('[data-story-status]');
  if (status) status.textContent = 'The story goes on below.';
  chosen.focus(); // moving a part takes the focus from what is in it
}

/** Put figures in their places, and show the words around them where there are any. @param {Element} part @param {Record<string, number>} figures */
export function showFigures(part, figures) {
  for (const block of part.querySelectorAll('[data-figures]')) if (block instanceof HTMLElement) block.hidden = !('kappa' in figures);
  for (const place of part.querySelectorAll('[data-figure]')) {
    if (!(place instanceof HTMLElement)) continue;
    const figure = figures[place.dataset.figure ?? ''] ?? 0;
    place.textContent = place.dataset.as === 'percent' ? String(Math.round(figure * 100)) : figure.toFixed(2);
  }
}

/** Say so where somebody was sure and not right, here and among the results. @param {Element} root @param {HTMLElement} step @param {string} state */
export function showSureness(root, step, state) {
  const asked = step.querySelector('[data-certainty]');
  if (!(asked instanceof HTMLFieldSetElement)) return;
  const chosen = asked.querySelector('input:checked');
  const wrong = chosen instanceof HTMLInputElement && chosen.value === 'sure' && state !== 'right';
  asked.disabled = true;
  for (const said of root.querySelectorAll(`[data-sure-item="${step.dataset.question}"]`)) said.toggleAttribute('hidden', !wrong);
  for (const said of step.querySelectorAll('[data-sure-wrong]')) said.toggleAttribute('hidden', !wrong);
  root.querySelector('[data-sure-summary]')?.toggleAttribute('hidden', !root.querySelector('[data-sure-item]:not([hidden])'));
}
