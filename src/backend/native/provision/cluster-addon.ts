// The addon for training on several machines: compiled and tried, and done without where that fails.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../../../base/errors.js';
import { CLUSTER_ADDON } from '../cache.js';
import { findPlatform, type NativePlatform } from '../platform.js';
import { encodeGraph } from '../saved-model.js';
import { compileClusterAddon } from './compile.js';
import type { StepContext } from './events.js';
import { setupFailure } from './failures.js';
import { lastLine, runCommand } from './run-command.js';

/** Adds 1 and 2 in a session of its own process: nothing listens. */
const PROGRAM = `
const addon = require(process.argv[1]);
const session = addon.openSession('', new Uint8Array(0), Buffer.from(process.argv[2], 'base64'));
const feed = (name, value) => ({ name, type: 1, shape: [], data: Float32Array.of(value) });
addon.run(session, new Uint8Array(0), [feed('a', 1), feed('b', 2)], ['sum']).then(([{ data }]) => {
  require('node:fs').writeSync(1, String(data[0]));
  addon.quit(0);
});
`;

/** @returns whether the installation has it now: everything else works without */
export async function addClusterAddon(folder: string, context: StepContext): Promise<boolean> {
  context.onEvent({ type: 'setup-step', step: 'cluster' });
  try {
    await compileClusterAddon(folder, findPlatform(process) as NativePlatform, context);
    await checkClusterAddon(join(folder, CLUSTER_ADDON), context);
    return true;
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    await rm(join(folder, CLUSTER_ADDON), { force: true });
    context.onEvent({ type: 'setup-without-cluster', reason: error.message });
    return false;
  }
}

/** In a process of its own: a crash there is a refusal here. */
async function checkClusterAddon(addon: string, { signal }: StepContext): Promise<void> {
  const type = { type: 'float' } as const;
  const attributes = { dtype: type, shape: { shape: [] } };
  const graph = encodeGraph([
    ...['a', 'b'].map((name) => ({ name, op: 'Placeholder', inputs: [], attributes })),
    { name: 'sum', op: 'AddV2', inputs: ['a', 'b'], attributes: { T: type } },
  ]);
  const args = ['-e', PROGRAM, addon, Buffer.from(graph).toString('base64')];
  const result = await runCommand(process.execPath, args, {
    ...(signal && { signal }),
    env: { ...process.env, LD_BIND_NOW: '1', TF_CPP_MIN_LOG_LEVEL: '2', NODE_OPTIONS: '' }, // every symbol is looked up
  });
  if (result.stdout === '3') return;
  const errorLine = result.stderr.split('\n').find((line) => /Error:/.test(line)) ?? lastLine(result.stderr);
  throw setupFailure(`the new addon does not run: ${result.signal ?? errorLine.trim()}`, 'Run `cnnviz setup` again.');
}
