// Native, else wasm, else cpu, with the reason for each refusal; WebGPU where it is asked for.

import { badArgument, CnnvizError } from '../base/errors.js';
import type { BackendChoice, BackendName, BackendRefusal, SelectedBackend, StartedBackend } from './tfjs/backend.js';

const FASTEST_FIRST: readonly BackendName[] = ['native', 'wasm', 'cpu'];

const STARTERS: Record<BackendName, (choice: BackendChoice) => Promise<StartedBackend>> = {
  native: startNative,
  wasm: startWasm,
  cpu: startCpu,
  webgpu: startWebgpu,
};

/**
 * Loads the chosen backend and makes it the current one. Nothing of TensorFlow is loaded before this call.
 * Throws BACKEND_UNAVAILABLE when an explicit choice cannot be had.
 *
 * @example
 * ```ts
 * import { selectBackend } from 'cnnviz';
 *
 * const { name, refusals } = await selectBackend('auto');
 * ```
 */
export async function selectBackend(choice: BackendChoice = 'auto'): Promise<SelectedBackend> {
  const refusals: BackendRefusal[] = [];
  for (const name of candidates(choice)) {
    try {
      return { name, ...(await STARTERS[name](choice)), refusals };
    } catch (error) {
      if (error instanceof CnnvizError && error.code === 'BAD_ARGUMENT') throw error;
      refusals.push(describeRefusal(name, error));
    }
  }
  const last = refusals.at(-1) as BackendRefusal;
  throw new CnnvizError(
    'BACKEND_UNAVAILABLE',
    `backend ${last.name}: ${last.reason}`,
    last.hint ? { hint: last.hint } : {},
  );
}

function candidates(choice: BackendChoice): readonly BackendName[] {
  if (choice === 'auto') return FASTEST_FIRST;
  if (!Object.hasOwn(STARTERS, choice)) throw badArgument('backend', 'auto, native, wasm, cpu or webgpu', choice);
  return [choice];
}

function describeRefusal(name: BackendName, error: unknown): BackendRefusal {
  const reason = error instanceof Error ? (error.message.split('\n', 1)[0] as string) : String(error);
  const hint = error instanceof CnnvizError ? error.hint : undefined;
  return hint === undefined ? { name, reason } : { name, reason, hint };
}

async function startNative(choice: BackendChoice): Promise<StartedBackend> {
  const { loadNative } = await import('./native/load.js');
  const { untried, ...started } = loadNative();
  await activate('tensorflow');
  if (choice === 'auto' && untried !== undefined) {
    const { requireAgreement } = await import('./agreement.js');
    await requireAgreement(untried, startWasm);
  }
  return started;
}

async function startWasm(): Promise<StartedBackend> {
  const restoreListeners = rememberListeners();
  const { startWasm } = await import('./wasm/start.js');
  const started = await startWasm(activate);
  restoreListeners();
  return started;
}

async function startCpu(): Promise<StartedBackend> {
  await import('@tensorflow/tfjs-backend-cpu');
  const { tf } = await import('./tfjs/tensors.js');
  await activate('cpu');
  (tf.backend() as unknown as { firstUse: boolean }).firstUse = false; // or it advertises tfjs-node on stderr
  return { version: tf.version_core, threads: 1 };
}

async function startWebgpu(): Promise<StartedBackend> {
  const { startWebgpu } = await import('./webgpu/start.js');
  return startWebgpu(() => activate('webgpu'));
}

async function activate(tfjsName: string): Promise<void> {
  const { tf } = await import('./tfjs/tensors.js');
  if (!(await tf.setBackend(tfjsName))) throw new Error(`tfjs could not start its backend "${tfjsName}"`);
  await tf.ready();
}

/** Emscripten's start-up code listens for uncaught errors to throw them again, which changes the exit code and shows its source. */
function rememberListeners(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const known = events.map((event) => new Set<unknown>(process.rawListeners(event)));
  return () => {
    for (const [index, event] of events.entries()) {
      const added = process.rawListeners(event).filter((listener) => !known[index]?.has(listener));
      for (const listener of added) process.removeListener(event, listener as (error: unknown) => void);
    }
  };
}
