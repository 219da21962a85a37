/**
 * The sections on a narrow screen: a button that shows and hides them in the flow of the page. Nothing is off screen and
 * focusable, so nothing needs trapping. On a wide screen the sections always show and the button is away.
 */

/** Make the menu button work, if the page has one. */
export function startMenu() {
  const button = document.querySelector('[data-menu-button]');
  const menu = document.querySelector('[data-menu]');
  if (!(button instanceof HTMLButtonElement) || !(menu instanceof HTMLElement)) return;
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';
  /** @param {boolean} open */
  const show = (open) => {
    button.setAttribute('aria-expanded', String(open));
    menu.toggleAttribute('data-open', open);
  };
  button.hidden = false;
  button.addEventListener('click', () => show(!isOpen()));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !isOpen()) return;
    const inside = menu.contains(document.activeElement) || document.activeElement === button;
    show(false);
    if (inside) button.focus();
  });
}
