import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { StartedBackend } from '../select.js';

/** Loads tfjs-node, which registers the backend `tensorflow` with the tensor API. */
export function loadNative(): StartedBackend {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // read once, when the library is loaded
  const require = createRequire(import.meta.url);
  const tfjsNode = require('@tensorflow/tfjs-node') as typeof import('@tensorflow/tfjs-node');
  const { binding } = tfjsNode.backend() as unknown as { binding: { TF_Version: string } };
  return { version: binding.TF_Version, threads: availableParallelism() };
}
