// Compiles tfjs-node's own binding.

import { rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../../../base/package-file.js';
import { CLUSTER_ADDON, INSTALLED } from '../cache.js';
import type { NativePlatform } from '../platform.js';
import type { StepContext } from './events.js';
import { commandFailure } from './failures.js';
import { HUSH_SOURCE } from './hush.js';
import { runCommand } from './run-command.js';

/**
 * Compiles tfjs-node's own, unmodified binding and the addon that hushes TensorFlow's last two lines. Both find their
 * libraries beside themselves, so that the folder may be moved. Only C symbols cross, so the C++ ABI does not matter.
 */
export async function compileAddons(
  folder: string,
  headerFolder: string,
  platform: NativePlatform,
  context: StepContext,
): Promise<void> {
  const { common, asBinding } = compilerArguments(platform, folder);
  const binding = join(folder, INSTALLED.tfjsNode, 'binding');
  const hushSource = join(headerFolder, 'hush.cc');
  await writeFile(hushSource, HUSH_SOURCE);
  const compile = (args: string[]) => runCompiler(platform, folder, args, context);
  await Promise.all([
    compile([
      ...common,
      ...['-I', join(headerFolder, 'tensorflow', 'include'), '-I', binding],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(binding, name)),
      ...['-o', join(folder, INSTALLED.binding)],
      ...asBinding,
    ]),
    compile([...common, hushSource, '-o', join(folder, INSTALLED.hush)]),
  ]);
}

/**
 * Compiles the addon for training on several machines into an installation, also one that is in use: it needs none of the wheel's
 * headers.
 *
 * @throws CnnvizError SETUP_FAILED, DISK_FULL
 */
export async function compileClusterAddon(
  folder: string,
  platform: NativePlatform,
  context: StepContext,
): Promise<void> {
  const { common, asBinding } = compilerArguments(platform, folder);
  const unfinished = join(folder, `${CLUSTER_ADDON}.${process.pid}`);
  const args = [...common, fileURLToPath(packageFile('data/cluster.cc')), '-o', unfinished, ...asBinding];
  await runCompiler(platform, folder, args, context);
  await rename(unfinished, join(folder, CLUSTER_ADDON));
}

/** What every addon is compiled with, and what links one to TensorFlow's libraries beside it. */
function compilerArguments(platform: NativePlatform, folder: string) {
  const nodeHeaders = join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
  const { asAddon, asBinding } = linkerArguments(platform, folder);
  return { common: ['-std=c++17', '-O2', '-fPIC', ...asAddon, '-DNAPI_VERSION=8', '-I', nodeHeaders], asBinding };
}

/** What makes an addon of a library, and links the binding to TensorFlow's libraries beside it. */
function linkerArguments({ libraries, compiler }: NativePlatform, folder: string) {
  const names = [libraries.tensorflow, libraries.framework];
  if (compiler === 'g++') {
    return {
      asAddon: ['-shared'],
      asBinding: ['-L', folder, ...names.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN'],
    };
  }
  // Node's own symbols are found in the process that loads the addon. Apple's linker knows no -l:NAME.
  return {
    asAddon: ['-dynamiclib', '-undefined', 'dynamic_lookup'],
    asBinding: [...names.map((name) => join(folder, name)), '-Wl,-rpath,@loader_path'],
  };
}

async function runCompiler(
  { compiler }: NativePlatform,
  folder: string,
  args: string[],
  context: StepContext,
): Promise<void> {
  const result = await runCommand(compiler, args, { ...context, env: { ...process.env, TMPDIR: folder } });
  if (result.exitCode === 0) return;
  const hint =
    compiler === 'g++'
      ? 'Is the Debian package g++ fully installed?'
      : 'Are the command line tools of Xcode up to date?';
  throw commandFailure(`compiling the TensorFlow binding with ${compiler}`, result, folder, hint);
}

/**
 * Drops symbols that only a debugger reads: 220 MB less. Does without where there is no `strip`, and on macOS, where a file
 * that was changed loses its signature and is not loaded.
 */
export async function stripLibraries(
  folder: string,
  { libraries, compiler }: NativePlatform,
  context: StepContext,
): Promise<void> {
  if (compiler !== 'g++') return;
  for (const name of [libraries.tensorflow, libraries.framework]) {
    await runCommand('strip', ['--strip-unneeded', join(folder, name)], context);
  }
}
