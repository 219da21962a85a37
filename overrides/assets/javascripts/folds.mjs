/**
 * Folded text opens when it is asked for: when an address leads into a fold, and when the page is printed (and closes after).
 * On paper a link also says where it leads.
 */

/** Open the fold an address leads into, now and later, and prepare the page for paper. */
export function startFolds() {
  openTarget();
  window.addEventListener('hashchange', openTarget);
  window.addEventListener('beforeprint', beforePaper);
  window.addEventListener('afterprint', afterPaper);
}

function openTarget() {
  const target = document.getElementById(named(location.hash.slice(1)));
  if (!target) return;
  const inside = target.querySelector(':scope > details');
  if (inside instanceof HTMLDetailsElement) inside.open = true;
  for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  target.scrollIntoView();
}

function beforePaper() {
  for (const fold of document.querySelectorAll('main details:not([open])')) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    fold.dataset.opened = 'for-paper';
    fold.open = true;
  }
  for (const link of document.querySelectorAll('article a[href]')) {
    if (!(link instanceof HTMLAnchorElement) || link.closest('.cite')) continue;
    const written = link.getAttribute('href') ?? '';
    if (!/^(#|[a-z]+:)/.test(written)) link.dataset.printAddress = link.href;
  }
}

function afterPaper() {
  for (const fold of document.querySelectorAll('details[data-opened]')) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    fold.open = false;
    delete fold.dataset.opened;
  }
}

/** The name that an address ends in; as it stands where it is written wrongly. @param {string} hash */
function named(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
