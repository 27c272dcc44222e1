import type { Interruption } from './interruption.js';
import type { Terminal } from './terminal.js';

/** What every command gets from outside: terminal and interruption. */
export interface Shell {
  terminal: Terminal;
  interruption: Interruption;
}
