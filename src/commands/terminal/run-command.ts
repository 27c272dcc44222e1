import type { Command } from 'commander';
import type { GlobalOptions } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import type { Terminal } from '../../cli/terminal.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { EventDescribers } from './event-line.js';

/**
 * Runs one command: its options go to a workflow, with an ear for events and for Ctrl-C; what comes back is shown, in JSON
 * mode as a last line of type `result`.
 *
 * @param work gets the command's own options, and what is to compute
 * @param describeOwn how to describe the events that are the command's own, for this one run
 */
export async function runCommand<
  Options extends object,
  Result extends object,
  Own extends { type: string } = { type: never },
>(
  { terminal, interruption }: Shell,
  command: Command,
  work: (options: Options & WorkflowOptions<Own>, backend: GlobalOptions['backend']) => Promise<Result>,
  show: (result: Result, terminal: Terminal) => void = () => undefined,
  describeOwn: () => EventDescribers<Own> = () => ({}) as EventDescribers<Own>,
): Promise<void> {
  const { backend } = command.optsWithGlobals<GlobalOptions>();
  const { createNarrator } = await import('./narrator.js');
  const narrator = createNarrator<Own>(terminal, describeOwn());
  try {
    const options = { ...command.opts<Options>(), onEvent: narrator.onEvent, signal: interruption.listen() };
    const result = await work(options, backend);
    narrator.finish();
    terminal.json({ type: 'result', ...result });
    show(result, terminal);
  } finally {
    narrator.finish();
  }
}
