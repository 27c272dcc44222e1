// What a backend is called, what it reports of itself, and why one was refused.

/** Where tensors are computed: native TensorFlow, WebAssembly, plain JavaScript; experimental: a graphics card by WebGPU. */
export type BackendName = 'native' | 'wasm' | 'cpu' | 'webgpu';

/** `auto`: the first of native, wasm and cpu that works, never webgpu. */
export type BackendChoice = 'auto' | BackendName;

/** Why a backend that was tried is not used. */
export interface BackendRefusal {
  name: BackendName;
  reason: string;
  /** what the user can do about it */
  hint?: string;
}

/** What a backend reports about itself once it is loaded. */
export interface StartedBackend {
  /** of TensorFlow on native, of the tfjs backend elsewhere */
  version: string;
  /** threads that one operation may use */
  threads: number;
  /** on webgpu, the graphics card */
  device?: string;
}

/** The backend that computes from now on, and those that were tried before it. */
export interface SelectedBackend extends StartedBackend {
  name: BackendName;
  refusals: BackendRefusal[];
}
