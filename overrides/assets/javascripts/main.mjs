/** Starts what a page has: the page's own behaviour, and what each module, tool, list of learning, report or copy on it needs, which only such pages load. */

import { startPage } from './page.mjs';

for (const root of document.querySelectorAll('[data-quiz]')) {
  if (root instanceof HTMLElement) import('./exercise.mjs').then(({ startExercise }) => startExercise(root));
}
const learning = document.querySelector('[data-learning]');
if (learning instanceof HTMLElement) import('./learning.mjs').then(({ startLearning }) => startLearning(learning));
const report = document.querySelector('[data-report]');
if (report instanceof HTMLElement) import('./report.mjs').then(({ startReport }) => startReport(report));
const copying = document.querySelector('[data-keep-copy]');
if (copying instanceof HTMLElement) import('./view-copy.mjs').then(({ startCopy }) => startCopy(copying));
// "Delete everything" means the copy of the site too.
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-delete-yes]')) import('./copy.mjs').then(({ remove }) => remove());
});
startPage();
