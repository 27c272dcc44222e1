// Which compilers and tools are there, and what Debian calls them.

import type { CnnvizError } from '../../../base/errors.js';
import type { StepContext } from './events.js';
import { setupFailure } from './failures.js';
import { lastLine, runCommand } from './run-command.js';
import { WHEEL } from './wheel.js';

/** Something that set-up needs and this machine lacks: what and why, and what to do. */
export interface MissingTool {
  reason: string;
  hint: string;
}

const BRING_WHEEL = `or bring ${WHEEL.fileName} here and run \`cnnviz setup --from FILE.whl\`.`;

/** Refuses before any slow work when there is no C++ compiler. @throws CnnvizError SETUP_FAILED */
export async function requireCompiler(context: StepContext): Promise<void> {
  const result = await runCommand('g++', ['--version'], context);
  if (result.exitCode === 0) return;
  throw setupFailure(
    'g++, which compiles the TensorFlow binding, was not found',
    'Install the Debian package g++ (apt-get install g++), then run `cnnviz setup` again.',
  );
}

/** Refuses before any slow work when there is no Python with pip to download the wheel. @throws CnnvizError SETUP_FAILED */
export async function requirePip(context: StepContext): Promise<void> {
  const result = await runCommand('python3', ['-m', 'pip', '--version'], context);
  if (result.exitCode === 0) return;
  throw setupFailure(
    result.missing
      ? 'python3, whose pip downloads TensorFlow, was not found'
      : `pip, which downloads TensorFlow, does not run (${lastLine(result.stderr)})`,
    `Install the Debian package python3-pip (apt-get install python3-pip), ${BRING_WHEEL}`,
  );
}

/** Everything that set-up would lack here. */
export async function findMissingTools(): Promise<MissingTool[]> {
  const context: StepContext = { onEvent: () => {} };
  const missing: MissingTool[] = [];
  for (const requireTool of [requireCompiler, requirePip]) {
    await requireTool(context).catch((error: CnnvizError) => {
      missing.push({ reason: error.message, hint: error.hint ?? '' });
    });
  }
  return missing;
}
