// Prepares the wasm backend: how many threads it gets, and our kernels.

import { availableParallelism } from 'node:os';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { CnnvizError } from '../../base/errors.js';
import type { StartedBackend } from '../tfjs/backend.js';
import { tf } from '../tfjs/tensors.js';
import { registerWasmTraining } from './register.js';
import { startThreadedModule, unrefWorkers } from './threads.js';

/** Threads that the build has room for. */
const threadsAtMost = 8;

/**
 * Prepares the wasm backend, lets `activate` start it, and describes it. A backend that the host has started stays.
 *
 * @throws CnnvizError BAD_ARGUMENT when CNNVIZ_WASM_THREADS is no number of threads
 */
export async function startWasm(activate: (tfjsName: string) => Promise<void>): Promise<StartedBackend> {
  const threads = chooseThreads();
  const { version_wasm } = await loadWasm();
  registerWasmTraining();
  if (threads > 1 && !('wasm' in tf.engine().registry)) {
    const startAlone = tf.findBackendFactory('wasm') as () => Promise<BackendWasm>;
    tf.removeBackend('wasm');
    // Where workers are not allowed, one thread is.
    tf.registerBackend('wasm', () => startThreaded(threads).catch(startAlone));
  }
  await activate('wasm');
  const { wasm } = tf.backend() as BackendWasm;
  return { version: version_wasm, threads: wasm.tfjs.getThreadsCount() };
}

/** Not imported at the head of the file: it takes 50 ms, in commands too that never compute. */
function loadWasm() {
  return import('@tensorflow/tfjs-backend-wasm');
}

/** CNNVIZ_WASM_THREADS, else one for every two processors, which usually share a core, and two at least. */
function chooseThreads(): number {
  const asked = process.env.CNNVIZ_WASM_THREADS;
  const processors = availableParallelism();
  if (!asked) return Math.min(processors, threadsAtMost, Math.max(2, Math.floor(processors / 2)));
  if (/^[1-8]$/.test(asked)) return Number(asked);
  throw new CnnvizError('BAD_ARGUMENT', `CNNVIZ_WASM_THREADS: expected 1 to ${threadsAtMost}, received "${asked}"`);
}

async function startThreaded(threads: number): Promise<BackendWasm> {
  const { BackendWasm, setThreadsCount } = await loadWasm();
  const module = await startThreadedModule(threads);
  setThreadsCount(threads);
  const backend = new BackendWasm(module as never);
  unrefWorkers(module);
  return backend;
}
