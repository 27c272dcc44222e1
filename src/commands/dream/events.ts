import type { Dream } from './result.js';

/** What `dream` reports besides what every command may. */
export type DreamEvent =
  /** steps of all pictures so far, and how many there will be */
  | { type: 'ascent-step'; name: string; done: number; total: number }
  /** a picture is done, and on disk */
  | ({ type: 'dream' } & Dream);
