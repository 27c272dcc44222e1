// Runs a whole graph in one call of the stock binding.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tf } from '../tfjs/tensors.js';

/** The part of tfjs-node's backend that runs a whole graph in one call. */
interface SavedModelBackend {
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(id: number, inputs: tf.Tensor[], inputInfos: { name: string }[], outputNames: string[]): tf.Tensor[];
  deleteSavedModel(id: number): void;
}

/**
 * A TensorFlow session: one graph and the variables that live in it between runs. Sessions share nothing with each
 * other. Every call blocks the event loop until TensorFlow is done. Needs the native backend.
 */
export class GraphSession {
  readonly #backend: SavedModelBackend;
  readonly #id: number;
  #disposed = false;

  private constructor(backend: SavedModelBackend, id: number) {
    this.#backend = backend;
    this.#id = id;
  }

  /** @param savedModel the bytes of a saved_model.pb, see encodeSavedModel */
  static load(savedModel: Uint8Array): GraphSession {
    const backend = tf.findBackend('tensorflow') as unknown as SavedModelBackend | null;
    if (!backend) throw new Error('a TensorFlow graph needs the native backend, which is not loaded');
    // The binding reads a graph from a folder only.
    const folder = mkdtempSync(join(tmpdir(), 'cnnviz-graph-'));
    try {
      writeFileSync(join(folder, 'saved_model.pb'), savedModel);
      return new GraphSession(backend, backend.loadSavedModelMetaGraph(folder, 'serve'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Computes the fetched tensors, and nothing of the graph that they do not depend on.
   *
   * @param feeds by node name; values are copied in
   * @param fetches `node`, or `node:1` for an operation's further outputs
   * @returns new tensors, in the order of `fetches`; the caller disposes them
   */
  run(feeds: Readonly<Record<string, tf.Tensor>>, fetches: readonly string[]): tf.Tensor[] {
    const infos = Object.keys(feeds).map((name) => ({ name: withOutputIndex(name) }));
    return this.#backend.runSavedModel(this.#id, Object.values(feeds), infos, fetches.map(withOutputIndex));
  }

  /** Frees the graph and its variables. */
  dispose(): void {
    if (!this.#disposed) this.#backend.deleteSavedModel(this.#id);
    this.#disposed = true;
  }
}

function withOutputIndex(name: string): string {
  return name.includes(':') ? name : `${name}:0`;
}
