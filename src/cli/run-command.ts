import type { Command } from 'commander';
import type { WorkflowOptions } from '../workflows/events.js';
import type { GlobalOptions } from './options.js';
import type { Shell } from './shell.js';
import type { Terminal } from './terminal.js';

/**
 * Runs one command: its options go to a workflow with an ear for events and for Ctrl-C; what comes back is shown, in JSON
 * mode as a last line of type `result`.
 *
 * @param work gets every option of the command line but those about printing
 */
export async function runCommand<Options extends object, Result extends object>(
  { terminal, interruption }: Shell,
  command: Command,
  work: (options: Options & WorkflowOptions) => Promise<Result>,
  show: (result: Result, terminal: Terminal) => void = () => undefined,
): Promise<void> {
  const { json: _json, quiet: _quiet, ...options } = command.optsWithGlobals<Options & GlobalOptions>();
  const { createNarrator } = await import('./narrator.js');
  const narrator = createNarrator(terminal);
  try {
    const result = await work({
      ...(options as unknown as Options),
      onEvent: narrator.onEvent,
      signal: interruption.listen(),
    });
    narrator.finish();
    terminal.json({ type: 'result', ...result });
    show(result, terminal);
  } finally {
    narrator.finish();
  }
}
