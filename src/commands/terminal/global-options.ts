// Options that every command has.

import type { Command } from 'commander';
import { toFlags } from '../../cli/flags.js';
import type { OutputMode } from '../../cli/terminal.js';
import { toggle } from '../../options/kinds.js';
import type { OptionTable } from '../../options/option.js';
import { BACKEND_OPTIONS } from '../shared/model-options.js';

export const GLOBAL_OPTIONS = {
  ...BACKEND_OPTIONS,
  json: toggle({ help: 'print JSON, one event per line' }),
  quiet: toggle({ help: 'print only errors' }),
} satisfies OptionTable;

/** Adds them, in the order of the help text. */
export function addGlobalOptions(program: Command): void {
  const { backend, json, quiet } = GLOBAL_OPTIONS;
  for (const flag of toFlags('backend', backend)) program.addOption(flag.env('CNNVIZ_BACKEND'));
  for (const flag of toFlags('json', json)) program.addOption(flag);
  for (const flag of toFlags('quiet', quiet)) program.addOption(flag.conflicts('json'));
}

/** How much they ask a command to print. */
export function chooseOutputMode(command: Command): OutputMode {
  const { json, quiet } = command.optsWithGlobals<{ json?: boolean; quiet?: boolean }>();
  return json ? 'json' : quiet ? 'quiet' : 'text';
}
