/**
 * A page whose day of review has passed says so, even when the site has not been built since: an old copy must not look new.
 */

/** Show the notice when it is due. @param {Date} [now] */
export function tellOverdue(now = new Date()) {
  const notice = document.querySelector('[data-due]');
  if (!(notice instanceof HTMLElement)) return;
  const day = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  if ((notice.dataset.due ?? '') < day) notice.hidden = false;
}
