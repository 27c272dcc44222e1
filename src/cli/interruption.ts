/** 128 + the signal's number, as a shell reports it. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Signal = keyof typeof exitCodes;

/** Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) as an AbortSignal. */
export interface Interruption {
  /**
   * From now on the first signal asks the work to end, the second ends the process at once.
   *
   * @param isExpected the work ends in no other way: nothing is to be said of it
   */
  listen(isExpected?: boolean): AbortSignal;
  /** what the received signal makes the exit code; undefined: none came */
  readonly exitCode: number | undefined;
  /** The work was stopped by a signal that another process got: the exit code is as if this one had got it. */
  adopt(): void;
  /**
   * Where the terminal went away, ends the process by that very signal, as a shell expects it: at a usual end Node sets the
   * terminal's modes back, and aborts since it cannot.
   */
  endWithTerminal(): void;
}

/**
 * Until `listen` is called signals end the process as they always do.
 *
 * @param onFirst called when the first signal arrives
 * @param exit called with the exit code when a second one does
 */
export function createInterruption(onFirst: () => void, exit: (exitCode: number) => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let isQuiet = false;
  const onSignal = (signal: Signal): void => {
    if (exitCode !== undefined) {
      // A terminal that goes sends it, and the shell in it once more: that is not impatience.
      if (signal === 'SIGHUP') return;
      exit(exitCodes[signal]);
    }
    exitCode = exitCodes[signal];
    if (!isQuiet) onFirst();
    controller.abort();
  };
  return {
    listen(isExpected = false) {
      isQuiet = isExpected;
      for (const signal of Object.keys(exitCodes) as Signal[]) process.on(signal, onSignal);
      return controller.signal;
    },
    get exitCode() {
      return exitCode;
    },
    adopt() {
      exitCode ??= exitCodes.SIGTERM;
    },
    endWithTerminal() {
      const hadTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
      if (exitCode !== exitCodes.SIGHUP || !hadTerminal) return;
      process.removeAllListeners('SIGHUP');
      process.kill(process.pid, 'SIGHUP');
    },
  };
}
