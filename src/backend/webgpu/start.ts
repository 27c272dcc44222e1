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

const require = createRequire(import.meta.url);

/** Kept, because Dawn must not be collected while its devices are in use. */
let gpu: Gpu | undefined;

/**
 * Whether the user has installed what the backend needs.
 *
 * @internal exported for its test, which is skipped without
 */
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
  if (!isWebgpuInstalled()) {
    throw new CnnvizError('BACKEND_UNAVAILABLE', `the packages ${PACKAGES.join(' and ')} are not installed`, {
      hint: 'Run: npm install webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0',
    });
  }
  gpu ??= await openGpu();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) {
    throw new CnnvizError('BACKEND_UNAVAILABLE', 'no graphics card that WebGPU can use was found', {
      hint: 'On Linux it needs libvulkan.so.1 and a Vulkan driver.',
    });
  }
  await withNavigator({ gpu }, async () => {
    require('@tensorflow/tfjs-backend-webgpu');
    await start();
  });
  const { device, description } = adapter.info;
  return { version: tf.version_core, threads: 1, device: `${device} (${description})` };
}

async function openGpu(): Promise<Gpu> {
  const { create, globals } = (await import('webgpu')) as unknown as Dawn;
  for (const name of GLOBALS) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: globals[name], configurable: true });
  }
  return create([]);
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
