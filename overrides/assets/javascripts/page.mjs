/**
 * What every page does beyond its HTML. One line a behaviour; each lives in its own file and works on the elements it finds by
 * `data-*`. Without a script all of it degrades to a plain page: the sections show, tables scroll, "Exit this page" is a link.
 */

import { startExit } from './exit.mjs';
import { startFilters } from './filter.mjs';
import { startFolds } from './folds.mjs';
import { startKeeping } from './keeping.mjs';
import { startMenu } from './menu.mjs';
import { tellOverdue } from './overdue.mjs';
import { startSearch } from './search.mjs';
import { startTables } from './tables.mjs';
import { startTerms } from './terms.mjs';

let started = false;

/** Start the page. Starting twice does nothing. */
export function startPage() {
  if (started) return;
  started = true;
  startMenu();
  startSearch();
  startExit();
  startTables();
  startFilters();
  startFolds();
  startTerms();
  startKeeping();
  tellOverdue();
}
