/**
 * Tables on small screens. A wide Markdown table learns its column names and becomes cards like ours; whatever is still wider than
 * the page scrolls in a named region that the keyboard can reach. Roles are said again, as some browsers drop them with the layout.
 */

const CARD_COLUMNS = 3;

/** Prepare every table in the words. */
export function startTables() {
  for (const table of document.querySelectorAll('.md-typeset table')) {
    if (!(table instanceof HTMLTableElement) || table.dataset.ready) continue;
    table.dataset.ready = 'yes';
    if (!table.className && table.tHead && table.rows[0] && table.rows[0].cells.length >= CARD_COLUMNS) {
      label(table);
      table.className = 'table table--cards';
    }
    fillCorners(table);
    sayRoles(table);
    wrap(table);
  }
}

/** @param {HTMLTableElement} table */
function label(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? '');
  for (const body of table.tBodies) {
    for (const row of body.rows) {
      [...row.cells].forEach((cell, index) => {
        if (index > 0 && heads[index]) cell.dataset.label = heads[index];
      });
    }
  }
}

/** An empty heading names nothing, so it is an ordinary cell. @param {HTMLTableElement} table */
function fillCorners(table) {
  for (const head of table.querySelectorAll('thead th')) {
    if (!head.textContent?.trim()) head.replaceWith(document.createElement('td'));
  }
}

/** @param {HTMLTableElement} table */
function sayRoles(table) {
  table.setAttribute('role', 'table');
  for (const part of table.querySelectorAll('thead, tbody, tfoot')) part.setAttribute('role', 'rowgroup');
  for (const row of table.rows) {
    row.setAttribute('role', 'row');
    for (const cell of row.cells) {
      const head = cell.closest('thead') ? 'columnheader' : 'rowheader';
      cell.setAttribute('role', cell.tagName === 'TH' ? head : 'cell');
    }
  }
}

/** @param {HTMLTableElement} table */
function wrap(table) {
  const region = document.createElement('div');
  region.className = 'table-scroll';
  table.replaceWith(region);
  region.append(table);
  const name = nameOf(table, region);
  const fit = () => {
    const wide = region.scrollWidth > region.clientWidth + 1;
    region.toggleAttribute('data-wide', wide);
    if (wide) {
      region.tabIndex = 0;
      region.setAttribute('role', 'region');
      region.setAttribute('aria-label', `${name} (scrolls sideways)`);
    } else {
      for (const attribute of ['tabindex', 'role', 'aria-label']) region.removeAttribute(attribute);
    }
  };
  new ResizeObserver(fit).observe(region);
}

/** The caption, or else the heading before it. @param {HTMLTableElement} table @param {HTMLElement} region */
function nameOf(table, region) {
  if (table.caption?.textContent) return table.caption.textContent.trim();
  const heads = [...document.querySelectorAll('main :is(h1, h2, h3, h4)')];
  const before = heads.filter((head) => head.compareDocumentPosition(region) & Node.DOCUMENT_POSITION_FOLLOWING);
  return `Table: ${before.at(-1)?.textContent?.trim() ?? document.title}`;
}
