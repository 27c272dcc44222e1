// The smoke test of a new binding.

import { join } from 'node:path';
import { INSTALLED } from '../cache.js';
import type { StepContext } from './events.js';
import { setupFailure } from './failures.js';
import { lastLine, runCommand } from './run-command.js';
import { TENSORFLOW_VERSION } from './wheel.js';

/** Multiplies [[1, 2]] by [[3], [4]] on the binding itself, without any JavaScript of tfjs. Attribute type 4 is a boolean. */
const PROGRAM = `
const binding = require(process.argv[1]);
require(process.argv[2]).off();
const a = binding.createTensor([1, 2], binding.TF_FLOAT, new Float32Array([1, 2]));
const b = binding.createTensor([2, 1], binding.TF_FLOAT, new Float32Array([3, 4]));
const no = (name) => ({ name, type: binding.TF_ATTR_BOOL, value: false });
const attributes = [no('transpose_a'), no('transpose_b'), { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
const [product] = binding.executeOp('MatMul', attributes, [a, b], 1);
console.log(binding.TF_Version + ' ' + binding.tensorDataSync(product.id)[0]);
`;

/** Loads what was built and computes with it, in a process of its own: a crash there is a refusal here. */
export async function checkInstallation(folder: string, { signal }: StepContext): Promise<void> {
  const files = [join(folder, INSTALLED.binding), join(folder, INSTALLED.hush)];
  const result = await runCommand(process.execPath, ['-e', PROGRAM, ...files], {
    ...(signal && { signal }),
    env: { ...process.env, LD_BIND_NOW: '1', TF_CPP_MIN_LOG_LEVEL: '2', NODE_OPTIONS: '' }, // every symbol is looked up
  });
  if (result.stdout.trim() === `${TENSORFLOW_VERSION} 11`) return;
  if (result.signal === 'SIGILL') {
    throw setupFailure(
      'TensorFlow needs AVX instructions, which this processor lacks',
      'cnnviz uses WebAssembly instead.',
    );
  }
  const errorLine = result.stderr.split('\n').find((line) => /Error:/.test(line)) ?? lastLine(result.stderr);
  throw setupFailure(
    `the new TensorFlow installation does not run: ${result.signal ?? (errorLine.trim() || result.stdout.trim())}`,
    'Run `cnnviz setup --force` again; until then cnnviz uses WebAssembly.',
  );
}
