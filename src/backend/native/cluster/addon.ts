// The addon for training on several machines, as it is loaded; data/cluster.cc is its source.

import { createRequire } from 'node:module';
import { CnnvizError } from '../../../base/errors.js';
import { findClusterAddon, findWholeInstallation } from '../cache.js';
import { hushed } from '../hush.js';

/** A session of the addon's: opaque. */
export type SessionHandle = object;

/** `type` as in TensorFlow's types.proto. */
export interface AddonFeed {
  name: string;
  type: number;
  shape: readonly number[];
  data: Float32Array | Float64Array | Int32Array;
}

export interface AddonResult {
  shape: number[];
  data: Float32Array | Float64Array | Int32Array;
}

/** Errors have TensorFlow's code as text: '14' is UNAVAILABLE. */
export interface ClusterAddon {
  /** gives the target that sessions are opened on */
  startServer(serverDef: Uint8Array): string;
  openSession(target: string, config: Uint8Array, graph: Uint8Array): SessionHandle;
  run(
    session: SessionHandle,
    options: Uint8Array,
    feeds: readonly AddonFeed[],
    fetches: readonly string[],
  ): Promise<AddonResult[]>;
  quit(exitCode: number): void;
}

let loaded: ClusterAddon | undefined;

/** Loads it beside the native backend, which has to be loaded. @throws CnnvizError BACKEND_UNAVAILABLE */
export function loadClusterAddon(): ClusterAddon {
  const installation = findWholeInstallation();
  const path = installation && findClusterAddon(installation);
  if (path === undefined) {
    throw new CnnvizError('BACKEND_UNAVAILABLE', 'training on several machines needs an addon that is not set up', {
      hint: 'Run `cnnviz setup` to compile it.',
    });
  }
  loaded ??= hushed(() => createRequire(import.meta.url)(path) as ClusterAddon);
  return loaded;
}

/**
 * Ends the process at once where it has a server: Node's own way out would wait for a call of TensorFlow's, which may wait for a
 * worker that never answers.
 */
export function quitWithServer(exitCode: number): void {
  loaded?.quit(exitCode);
}
