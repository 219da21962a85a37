/**
 * Filters above a long table. A control named X keeps the rows whose `data-X` holds its value; the one named `words` keeps the rows
 * that say it. The form is hidden in the HTML, so without a script the whole table shows and no dead control does.
 */

/** Make every filter on the page work. */
export function startFilters() {
  for (const box of document.querySelectorAll('[data-filter]')) {
    const form = box.querySelector('[data-filter-form]');
    if (!(form instanceof HTMLFormElement) || form.dataset.ready) continue;
    form.dataset.ready = 'yes';
    form.hidden = false;
    const apply = () => filter(box, form);
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    // A browser may have kept a choice from before the page was reloaded.
    if (!isBlank(form)) apply();
  }
}

/** @param {HTMLFormElement} form */
function isBlank(form) {
  return [...new FormData(form).values()].every((value) => value === '');
}

/** @param {Element} box @param {HTMLFormElement} form */
function filter(box, form) {
  const wanted = [...new FormData(form)].map(([name, value]) => [name, String(value).trim().toLowerCase()]).filter(([, value]) => value);
  const rows = [...box.querySelectorAll('[data-filter-row]')];
  let shown = 0;
  for (const row of rows) {
    if (!(row instanceof HTMLElement)) continue;
    const keep = wanted.every(([name = '', value = '']) => holds(row, name, value));
    row.hidden = !keep;
    if (keep) shown += 1;
  }
  const count = box.querySelector('[data-filter-count]');
  if (!(count instanceof HTMLElement)) return;
  count.textContent = `${shown} of ${rows.length} ${count.dataset.noun ?? 'rows'} shown`;
}

/** @param {HTMLElement} row @param {string} name @param {string} value */
function holds(row, name, value) {
  if (name === 'words') return (row.textContent ?? '').toLowerCase().includes(value);
  return (row.dataset[name] ?? '').split(' ').includes(value);
}
