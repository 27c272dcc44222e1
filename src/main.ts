import { quitWithServer } from './backend/native/cluster/addon.js';
import { reportFailure } from './cli/failure.js';
import { createInterruption, type Interruption } from './cli/interruption.js';
import { createTerminal, type Terminal } from './cli/terminal.js';
import { buildProgram } from './program.js';

/**
 * Runs the command line `argv` (as `process.argv`) and gives the exit code: 0 done, 1 an expected failure, 2 wrong usage,
 * 70 a bug, 75 other workers of a training were lost, 129, 130 or 143 interrupted.
 */
export async function main(argv: string[]): Promise<number> {
  const terminal = createTerminal();
  const interruption = createInterruption(
    () => terminal.note('Stopping after the current step; interrupt again to stop immediately.'),
    endProcess,
  );
  // What is thrown outside of every awaited call would end the process with 1, which means something else.
  process.on('uncaughtException', (error) => endProcess(reportFailure(error, terminal)));
  try {
    await buildProgram({ terminal, interruption }).parseAsync(argv);
    return await finish(interruption.exitCode ?? 0, terminal, interruption);
  } catch (error) {
    return finish(reportFailure(error, terminal, interruption.exitCode), terminal, interruption);
  }
}

/** What could not be said is a failure, if nothing else was one. */
async function finish(exitCode: number, terminal: Terminal, interruption: Interruption): Promise<number> {
  await terminal.flush();
  interruption.endWithTerminal();
  const code = exitCode === 0 && !terminal.isWhole ? 1 : exitCode;
  quitWithServer(code);
  return code;
}

function endProcess(exitCode: number): void {
  quitWithServer(exitCode);
  process.exit(exitCode);
}
