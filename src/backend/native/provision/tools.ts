// Which compilers and tools are there, and what Debian calls them.

import type { CnnvizError } from '../../../base/errors.js';
import { findPlatform, type NativePlatform } from '../platform.js';
import type { StepContext } from './events.js';
import { setupFailure } from './failures.js';
import { lastLine, runCommand } from './run-command.js';
import { wheelFor } from './wheel.js';

/** Something that set-up needs and this machine lacks: what and why, and what to do. */
export interface MissingTool {
  reason: string;
  hint: string;
}

/** They hold clang++ and python3 with pip. */
const installXcodeTools = 'Install the command line tools of Xcode (xcode-select --install)';

/** Refuses before any slow work when there is no C++ compiler. @throws CnnvizError SETUP_FAILED */
export async function requireCompiler({ compiler }: NativePlatform, context: StepContext): Promise<void> {
  const result = await runCommand(compiler, ['--version'], context);
  if (result.exitCode === 0) return;
  throw setupFailure(
    `${compiler}, which compiles the TensorFlow binding, was not found`,
    `${compiler === 'g++' ? 'Install the Debian package g++ (apt-get install g++)' : installXcodeTools}, then run \`cnnviz setup\` again.`,
  );
}

/** Refuses before any slow work when there is no Python with pip to download the wheel. @throws CnnvizError SETUP_FAILED */
export async function requirePip(platform: NativePlatform, context: StepContext): Promise<void> {
  const result = await runCommand('python3', ['-m', 'pip', '--version'], context);
  if (result.exitCode === 0) return;
  throw setupFailure(
    result.missing
      ? 'python3, whose pip downloads TensorFlow, was not found'
      : `pip, which downloads TensorFlow, does not run (${lastLine(result.stderr)})`,
    `${platform.compiler === 'g++' ? 'Install the Debian package python3-pip (apt-get install python3-pip)' : installXcodeTools}, or bring ${wheelFor(platform).fileName} here and run \`cnnviz setup --from FILE.whl\`.`,
  );
}

/** Everything that set-up would lack here; nothing where it cannot be set up anyway. */
export async function findMissingTools(): Promise<MissingTool[]> {
  const platform = findPlatform(process);
  if (platform === undefined) return [];
  const context: StepContext = { onEvent: () => {} };
  const missing: MissingTool[] = [];
  for (const requireTool of [requireCompiler, requirePip]) {
    await requireTool(platform, context).catch((error: CnnvizError) => {
      missing.push({ reason: error.message, hint: error.hint ?? '' });
    });
  }
  return missing;
}
