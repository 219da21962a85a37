/** Starts what a page has: the page's own behaviour, and what each module, tool, list of learning or report on it needs, which only such pages load. */

import { startPage } from './page.mjs';

for (const root of document.querySelectorAll('[data-quiz]')) {
  if (root instanceof HTMLElement) import('./exercise.mjs').then(({ startExercise }) => startExercise(root));
}
const learning = document.querySelector('[data-learning]');
if (learning instanceof HTMLElement) import('./learning.mjs').then(({ startLearning }) => startLearning(learning));
const report = document.querySelector('[data-report]');
if (report instanceof HTMLElement) import('./report.mjs').then(({ startReport }) => startReport(report));
startPage();
