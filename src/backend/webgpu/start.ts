// Starts the tfjs backend that computes on the graphics card, where its two packages are installed.

import { createRequire } from 'node:module';
import { CnnvizError } from '../../base/errors.js';
import type { StartedBackend } from '../tfjs/backend.js';
import { tf } from '../tfjs/tensors.js';

const PACKAGES = ['webgpu', '@tensorflow/tfjs-backend-webgpu'] as const;

/** What the backend looks up in the global scope while it computes: browsers define it there. */
const GLOBALS = ['GPUBuffer', 'GPUBufferUsage', 'GPUMapMode', 'GPUTexture', 'GPUTextureUsage'];

/** What is used of the package `webgpu`. */
interface Dawn {
  create(options: string[]): Gpu;
  globals: Record<string, unknown>;
}

interface Gpu {
  requestAdapter(options: { powerPreference: string }): Promise<{ info: Record<string, string> } | null>;
}

/** What is used of tfjs's backend. */
interface WebgpuBackend {
  readonly device: {
    pushErrorScope(filter: string): void;
    popErrorScope(): Promise<{ message: string } | null>;
  };
  read(dataId: object): Promise<unknown>;
}

const require = createRequire(import.meta.url);

/** Kept, because Dawn must not be collected while its devices are in use. */
let gpu: Gpu | undefined;

/** Whether the user has installed what the backend needs. */
export function isWebgpuInstalled(): boolean {
  return PACKAGES.every((name) => {
    try {
      return require.resolve(name) !== '';
    } catch {
      return false;
    }
  });
}

/**
 * Prepares WebGPU on the fastest graphics card, lets `start` make it tfjs's backend, and describes the card. It leaves
 * WebGPU's own names in the global scope, nothing else.
 *
 * @throws CnnvizError BACKEND_UNAVAILABLE without the packages or without a graphics card
 */
export async function startWebgpu(start: () => Promise<void>): Promise<StartedBackend> {
  const { gpu, device } = await findGraphicsCard();
  await defineGlobals();
  await withNavigator({ gpu }, async () => {
    require('@tensorflow/tfjs-backend-webgpu');
    await start();
  });
  failOnRefusal(tf.backend() as unknown as WebgpuBackend);
  return { version: tf.version_core, threads: 1, device };
}

/** The fastest graphics card, and what it is called. */
async function findGraphicsCard(): Promise<{ gpu: object; device: string }> {
  if (!isWebgpuInstalled()) {
    throw new CnnvizError('BACKEND_UNAVAILABLE', `the packages ${PACKAGES.join(' and ')} are not installed`, {
      hint: 'Run: npm install webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0',
    });
  }
  gpu ??= ((await import('webgpu')) as unknown as Dawn).create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new CnnvizError('BACKEND_UNAVAILABLE', 'no graphics card that WebGPU can use was found', {
      hint: 'On Linux it needs libvulkan.so.1 and a Vulkan driver.',
    });
  }
  const { device, description } = adapter.info;
  return { gpu, device: `${device} (${description})` };
}

async function defineGlobals(): Promise<void> {
  const { globals } = (await import('webgpu')) as unknown as Dawn;
  for (const name of GLOBALS) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: globals[name], configurable: true });
  }
}

/** What the card's driver refuses leaves zeros, and tfjs goes on with them: here it fails when the numbers are read. */
const FILTERS = ['out-of-memory', 'validation'];
const watched = new WeakSet<object>();

function failOnRefusal(backend: WebgpuBackend): void {
  if (watched.has(backend)) return;
  watched.add(backend);
  const { device } = backend;
  const read = backend.read.bind(backend);
  const watch = () => FILTERS.forEach((filter) => void device.pushErrorScope(filter));
  watch();
  backend.read = async (dataId) => {
    const values = await read(dataId);
    const errors = Promise.all(FILTERS.map(() => device.popErrorScope()));
    watch();
    const refusal = (await errors).find((error) => error !== null);
    if (refusal === undefined) return values;
    const message = `backend webgpu: the graphics card's driver refused a computation: ${refusal?.message.split('\n', 1)[0]}`;
    throw new CnnvizError('BACKEND_UNAVAILABLE', message, { hint: 'Use another backend, such as --backend wasm.' });
  };
}

/** The package looks for `navigator.gpu` when it is loaded and when it starts. Node 20 has no navigator, later ones have one. */
async function withNavigator(navigator: object, work: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, enumerable: false });
  try {
    await work();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}
