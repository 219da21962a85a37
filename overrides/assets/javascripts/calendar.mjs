/** Dates for a person's own calendar, made by the engine and handed over as a file. */

import { day } from './days.mjs';
import { download } from './files.mjs';

/**
 * @param {import('./exercise.mjs').Asker} asker
 * @param {{module: string, day: string, title: string, text: string}[]} afters modules whose after form was done, and what to call them
 */
export async function saveDates(asker, afters) {
  const reply = await asker.ask('calendar', () => ({ task: 'calendar', afters, today: day() }), () => saveDates(asker, afters));
  if (reply) download('look-again.ics', reply.calendar, 'text/calendar');
}
