// Compiles tfjs-node's own binding.

import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { INSTALLED } from '../cache.js';
import type { StepContext } from './events.js';
import { commandFailure } from './failures.js';
import { HUSH_SOURCE } from './hush.js';
import { runCommand } from './run-command.js';

/**
 * Compiles tfjs-node's own, unmodified binding and the addon that hushes TensorFlow's last two lines. Both find their
 * libraries beside themselves (`$ORIGIN`), so that the folder may be moved. Only C symbols cross, so the C++ ABI does not matter.
 */
export async function compileAddons(folder: string, headerFolder: string, context: StepContext): Promise<void> {
  const nodeHeaders = join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
  const common = ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-I', nodeHeaders];
  const binding = join(folder, INSTALLED.tfjsNode, 'binding');
  const hushSource = join(headerFolder, 'hush.cc');
  await writeFile(hushSource, HUSH_SOURCE);
  await Promise.all([
    compile(folder, context, [
      ...common,
      ...['-I', join(headerFolder, 'tensorflow', 'include'), '-I', binding],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(binding, name)),
      ...['-o', join(folder, INSTALLED.binding)],
      ...['-L', folder, `-l:${INSTALLED.tensorflow}`, `-l:${INSTALLED.framework}`, '-Wl,-rpath,$ORIGIN'],
    ]),
    compile(folder, context, [...common, hushSource, '-o', join(folder, INSTALLED.hush)]),
  ]);
}

async function compile(folder: string, context: StepContext, args: string[]): Promise<void> {
  const result = await runCommand('g++', args, { ...context, env: { ...process.env, TMPDIR: folder } });
  if (result.exitCode !== 0) {
    throw commandFailure(
      'compiling the TensorFlow binding with g++',
      result,
      folder,
      'Is the Debian package g++ fully installed?',
    );
  }
}

/** Drops symbols that only a debugger reads: 220 MB less. Does without where there is no `strip`. */
export async function stripLibraries(folder: string, context: StepContext): Promise<void> {
  for (const name of [INSTALLED.tensorflow, INSTALLED.framework]) {
    await runCommand('strip', ['--strip-unneeded', join(folder, name)], context);
  }
}
