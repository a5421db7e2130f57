import { EventFault } from './working-rows';

/** SQLSTATE classes that say that the data can't be: a data exception, an integrity constraint. */
const ABOUT_DATA = new Set(['22', '23']);

/** Whether the event itself can't be projected; else the database, or the way to it, failed, and trying again may help. */
export function isFaultOfEvent(error: unknown): boolean {
  if (error instanceof EventFault) return true;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.length === 5 && ABOUT_DATA.has(code.slice(0, 2));
}
