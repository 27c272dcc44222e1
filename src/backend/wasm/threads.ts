// The threaded build of tfjs-backend-wasm in Node. The package ships it and itself takes it in browsers alone (tfjs#3830).

import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);

/** What Emscripten makes of the settings of a module: the module itself. */
interface ThreadedModule {
  locateFile(name: string): string | URL;
  preRun(): void;
  onRuntimeInitialized(): void;
  mainScriptUrlOrBlob: string;
  PThread: { unusedWorkers: Worker[]; runningWorkers: Worker[] };
  cwrap(name: string, returns: string | null, takes: string[]): (...numbers: number[]) => number;
}

/** The functions that the backend calls: its name for each, the module's, and how many numbers it takes. */
const FUNCTIONS = [
  ['init', 'init', 0],
  ['initWithThreadsCount', 'init_with_threads_count', 1],
  ['getThreadsCount', 'get_threads_count', 0],
  ['registerTensor', 'register_tensor', 3],
  ['disposeData', 'dispose_data', 1],
  ['dispose', 'dispose', 0],
] as const;

/**
 * Starts the threaded build: what `init` of the package does in a browser, with files in place of blobs.
 *
 * @param threads 2 to 8
 * @returns what the package's class BackendWasm takes
 */
export async function startThreadedModule(threads: number): Promise<ThreadedModule> {
  const script = require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js');
  const module = {
    mainScriptUrlOrBlob: script,
    ...countingProcessors(2 * threads),
    locateFile: (name) => (name.endsWith('.worker.js') ? workerUrl(script) : join(dirname(script), name)),
  } as ThreadedModule;
  const start = require(script) as (settings: ThreadedModule) => Promise<ThreadedModule>;
  // The calling thread computes too.
  const ready = withGlobalWorkers(threads - 1, () => start(module));
  module.PThread.unusedWorkers.splice(threads - 1);
  await ready;
  const wrap = (name: string, takes: number) => module.cwrap(name, 'number', Array(takes).fill('number'));
  return Object.assign(module, {
    tfjs: Object.fromEntries(FUNCTIONS.map(([key, name, takes]) => [key, wrap(name, takes)])),
  });
}

/** The module takes half of the processors that it finds for threads: it must find twice as many as threads are asked for. */
function countingProcessors(count: number): Pick<ThreadedModule, 'preRun' | 'onRuntimeInitialized'> {
  const { cpus } = os;
  return {
    preRun: () => {
      os.cpus = () => Array(count);
    },
    onRuntimeInitialized: () => {
      os.cpus = cpus; // in the same turn
    },
  };
}

/** Lets the process end although threads wait for work. */
export function unrefWorkers({ PThread }: ThreadedModule): void {
  for (const worker of PThread.runningWorkers) worker.unref();
}

/**
 * The start script makes Node's class of workers global, for itself, and then eight workers, whatever is needed: here as many
 * as are needed and nothing for the others. The global scope is left as it was.
 */
function withGlobalWorkers<Result>(count: number, start: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  let made = 0;
  const get = () => (made++ < count ? Worker : Object);
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get, set: () => undefined });
  try {
    return start();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'Worker');
    else Object.defineProperty(globalThis, 'Worker', before);
  }
}

/**
 * The package's worker is a script in a string, whose line breaks in texts have to be escaped again; it expects the globals of
 * a CommonJS module.
 */
function workerUrl(script: string): URL {
  const code = `
    import { createRequire } from 'node:module';
    const __filename = ${JSON.stringify(script)};
    const require = createRequire(__filename);
    Object.assign(globalThis, { __filename, __dirname: ${JSON.stringify(dirname(script))}, require });
    const { wasmWorkerContents } = require('./tfjs-backend-wasm-threaded-simd.worker.js');
    (0, eval)(wasmWorkerContents.replaceAll('\\n', '\\\\n'));`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
