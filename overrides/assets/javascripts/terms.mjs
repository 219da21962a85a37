/**
 * Words explained where they stand: the first time a page uses a glossary word, the word opens its meaning at the foot of the window.
 * It is a link to the glossary until this makes a button of it, and stays one in a browser without popovers.
 */

/** Make every marked word open its meaning. */
export function startTerms() {
  if (!('popover' in HTMLElement.prototype)) return;
  for (const term of document.querySelectorAll('[data-term]')) {
    const meaning = document.getElementById(term instanceof HTMLElement ? term.dataset.term ?? '' : '');
    if (!(term instanceof HTMLAnchorElement) || !meaning || term.role === 'button') continue;
    term.role = 'button';
    term.ariaExpanded = 'false';
    term.setAttribute('aria-controls', meaning.id);
    // A press outside an open meaning closes it, and the word itself is outside: what counts is what was open when the press began.
    let open = false;
    const look = () => {
      open = meaning.matches(':popover-open');
    };
    term.addEventListener('pointerdown', look);
    term.addEventListener('click', (event) => {
      event.preventDefault();
      if (event.detail === 0) look();
      meaning.togglePopover(!open);
    });
    term.addEventListener('keydown', (event) => {
      if (event.key !== ' ') return;
      event.preventDefault();
      term.click();
    });
    meaning.addEventListener('toggle', () => {
      term.ariaExpanded = String(meaning.matches(':popover-open'));
    });
    meaning.querySelector('[popovertarget]')?.addEventListener('click', () => term.focus());
  }
}
