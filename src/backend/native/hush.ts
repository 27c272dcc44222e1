// Keeps what TensorFlow prints by itself from the terminal.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { INSTALLED } from './cache.js';

/** The addon of an installation: it points file descriptor 2 elsewhere, since swapping it in JS fails for sockets. */
interface Hush {
  on(): void;
  off(): void;
}

let addon: Hush | undefined;

/** From here on `hushed` works. */
export function loadHush(folder: string): void {
  addon = createRequire(import.meta.url)(join(folder, INSTALLED.hush)) as Hush;
}

/** Runs what blocks this thread; nothing that the process writes to stderr meanwhile arrives. */
export function hushed<T>(run: () => T): T {
  addon?.on();
  try {
    return run();
  } finally {
    addon?.off();
  }
}
