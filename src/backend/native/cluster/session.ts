// TensorFlow's gRPC server, and sessions on it.

import { encodeGraph, type GraphNode } from '../saved-model.js';
import { type AddonResult, type ClusterAddon, loadClusterAddon, type SessionHandle } from './addon.js';
import { encodeConfig, encodeLimit, encodeServer } from './protocol.js';

/** A value for a node of the graph. */
export interface SessionFeed {
  name: string;
  type: 'float' | 'double' | 'int32';
  shape: readonly number[];
  values: Float32Array | Float64Array | Int32Array;
}

const TYPES = { float: 1, double: 2, int32: 3 } as const;

/** What TensorFlow's own limit gets before ours ends the wait: it does not cover the wait for a leader that is not there. */
const GRACE_MS = 2000;

/** Node's timers take longer ones for none at all. */
const LONGEST_MS = 2 ** 31 - 1;

/** TensorFlow's code for what took too long. */
export const DEADLINE_EXCEEDED = '4';

/** A server that takes the collective operations of other workers. It listens on every interface until the process ends. */
export class ClusterServer {
  readonly #addon: ClusterAddon;
  readonly #target: string;
  readonly #index: number;

  private constructor(addon: ClusterAddon, target: string, index: number) {
    this.#addon = addon;
    this.#target = target;
    this.#index = index;
  }

  /** @throws CnnvizError BACKEND_UNAVAILABLE without the addon; Error of TensorFlow where the port is taken */
  static start(addresses: readonly string[], index: number): ClusterServer {
    const addon = loadClusterAddon();
    return new ClusterServer(addon, addon.startServer(encodeServer(addresses, index)), index);
  }

  /**
   * Opens a session of this worker alone: its collective operations meet those of the others' sessions.
   *
   * @param isReduced whether the graph computes in bfloat16
   */
  openSession(nodes: readonly GraphNode[], isReduced = false): ClusterSession {
    const handle = this.#addon.openSession(this.#target, encodeConfig(this.#index, isReduced), encodeGraph(nodes));
    return new ClusterSession(this.#addon, handle);
  }
}

/** One graph and its variables, as GraphSession, but the event loop goes on while TensorFlow computes. */
export class ClusterSession {
  readonly #addon: ClusterAddon;
  readonly #handle: SessionHandle;

  constructor(addon: ClusterAddon, handle: SessionHandle) {
    this.#addon = addon;
    this.#handle = handle;
  }

  /** Computes the fetched tensors. @throws Error of TensorFlow, its `code` a number as text, also where the limit was over */
  async run(feeds: readonly SessionFeed[], fetches: readonly string[], limitMs: number): Promise<AddonResult[]> {
    const fed = feeds.map(({ name, type, shape, values }) => ({ name, type: TYPES[type], shape, data: values }));
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      const error = Object.assign(new Error('no answer'), { code: DEADLINE_EXCEEDED });
      timer = setTimeout(() => reject(error), Math.min(limitMs + GRACE_MS, LONGEST_MS));
    });
    try {
      return await Promise.race([this.#addon.run(this.#handle, encodeLimit(limitMs), fed, fetches), tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }
}
