/** What a tool needs on the page beside its steps: the answers to check in words, and the notes for the child's age. */

import { all, first } from './view.mjs';

/** The words of what is chosen, for the list of answers to check. @param {HTMLElement} root */
export function fillAnswers(root) {
  for (const place of all(root, '[data-answer]')) {
    const chosen = first(root, `input[name="${place.dataset.answer}"]:checked`);
    const label = chosen && first(root, `label[for="${chosen.id}"]`);
    const words = label && (first(label, '[data-label]') ?? label).textContent;
    const level = label && words !== label.textContent ? label.textContent : words;
    place.textContent = chosen ? (place.dataset.none ? 'Ticked' : (level ?? '').trim().replace(/\s+/g, ' ')) : (place.dataset.none ?? 'Not answered');
  }
}

/** Notes for other ages than the child's are put away; with no age chosen yet, all are. @param {HTMLElement} root @param {string} age */
export function showAge(root, age) {
  for (const note of all(root, '[data-age]')) note.hidden = note.dataset.age !== age;
}
