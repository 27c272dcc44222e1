import type { Interruption } from './interruption.js';
import type { Terminal } from './terminal.js';

/** What every command gets of the outside. */
export interface Shell {
  terminal: Terminal;
  interruption: Interruption;
}
