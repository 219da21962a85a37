/**
 * "Exit this page": blank the page at once, forget what was typed, and put another site in this page's place in the history.
 * Also Shift three times. It never asks anything, and it cannot hide the history before this page: the page about it says so.
 * Others may listen for `page:exit` on the document to drop what they hold.
 */

const PRESSES = 3;
const PATIENCE = 5000;

/** Make the exit links work, if the page has any. */
export function startExit() {
  const links = document.querySelectorAll('a[data-exit]');
  const first = links[0];
  if (!(first instanceof HTMLAnchorElement)) return;
  const address = first.href;
  for (const link of links) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      leave(address);
    });
  }
  countShifts(() => leave(address));
  // First in line, so that whoever asks to be warned before leaving is not asked now.
  window.addEventListener('beforeunload', (event) => {
    if (isLeaving()) event.stopImmediatePropagation();
  });
}

function isLeaving() {
  return document.documentElement.hasAttribute('data-leaving');
}

/** @param {string} address */
export function leave(address) {
  document.documentElement.toggleAttribute('data-leaving', true);
  document.title = 'Loading';
  document.dispatchEvent(new CustomEvent('page:exit'));
  forget();
  window.location.replace(address);
}

/** Blank every form, so that a browser which restores forms has nothing to restore. */
function forget() {
  for (const control of document.querySelectorAll('input, textarea, select')) {
    if (control instanceof HTMLInputElement) {
      control.checked = false;
      if (control.type !== 'radio' && control.type !== 'checkbox') control.value = '';
    } else if (control instanceof HTMLTextAreaElement) control.value = '';
    else if (control instanceof HTMLSelectElement) control.selectedIndex = -1;
  }
}

/** @param {() => void} done */
function countShifts(done) {
  let presses = 0;
  let timer = 0;
  let alone = false;
  /** @param {number} count @param {string} words */
  const progress = (count, words) => {
    presses = count;
    const status = document.querySelector('[data-exit-status]');
    if (status) status.textContent = words;
    const lights = document.querySelector('[data-exit-lights]');
    if (!(lights instanceof HTMLElement)) return;
    lights.hidden = count === 0;
    [...lights.children].forEach((light, index) => light.toggleAttribute('data-on', index < count));
  };
  // A press counts when Shift goes up with no other key in between: capital letters and Shift+Tab are not a wish to leave.
  document.addEventListener('keydown', (event) => {
    alone = event.key === 'Shift' && (alone || !event.repeat);
    if (event.key !== 'Shift' && presses) progress(0, '');
  });
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || !alone) return;
    alone = false;
    window.clearTimeout(timer);
    const left = PRESSES - presses - 1;
    if (left <= 0) {
      progress(PRESSES, 'Leaving this page.');
      done();
      return;
    }
    progress(presses + 1, `Shift pressed. Press ${left} more ${left === 1 ? 'time' : 'times'} to exit this page.`);
    timer = window.setTimeout(() => progress(0, 'Exit this page cancelled: time ran out.'), PATIENCE);
  });
}
