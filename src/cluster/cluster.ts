// The workers that train together, as one of them sees it.

import { ClusterServer, type ClusterSession, type SessionFeed } from '../backend/native/cluster/session.js';
import type { GraphNode } from '../backend/native/saved-model.js';
import { CnnvizError } from '../base/errors.js';
import { buildControlGraph, numbersAtOnce, WORDS_AT_ONCE } from './control-graph.js';
import { describeLoss, describeMissing, describeServerFailure, nameWorker } from './failures.js';
import type { Membership } from './membership.js';
import { waitForWorkers, watchWorkers } from './probe.js';

const BYTES_AT_ONCE = 4 * WORDS_AT_ONCE;

/** How long workers wait for each other. */
export interface ClusterLimits {
  /** before the first step: until all are there, and ready */
  waitMs: number;
  /** for one step */
  stepMs: number;
}

/**
 * The workers that train together. All of them have to make the same calls in the same order: each call waits for the others.
 * Where one is lost, the calls of all others fail with CLUSTER_FAILED, and only new processes can go on.
 */
export class Cluster {
  readonly membership: Membership;
  readonly #server: ClusterServer;
  readonly #control: ClusterSession;
  readonly #limits: ClusterLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #stop = new AbortController();
  #isTraining = false;

  private constructor(membership: Membership, server: ClusterServer, limits: ClusterLimits, signal?: AbortSignal) {
    this.membership = membership;
    this.#server = server;
    this.#control = server.openSession(buildControlGraph(membership.addresses.length));
    this.#limits = limits;
    this.#signal = signal;
  }

  /**
   * Starts this worker's server and waits for those of the others. Needs the native backend.
   *
   * @param signal asks this worker to stop: all stop together then, see `stopSignal`
   * @throws CnnvizError CLUSTER_FAILED, BACKEND_UNAVAILABLE without the addon, ABORTED
   */
  static async open(membership: Membership, limits: ClusterLimits, signal?: AbortSignal): Promise<Cluster> {
    const server = startServer(membership);
    const missing = await waitForWorkers(membership, limits.waitMs, signal).catch((cause: unknown) => {
      throw new CnnvizError('ABORTED', 'stopped while waiting for other workers', { cause });
    });
    if (missing !== undefined) throw describeMissing(membership, missing, limits.waitMs);
    return new Cluster(membership, server, limits, signal);
  }

  get index(): number {
    return this.membership.index;
  }

  get size(): number {
    return this.membership.addresses.length;
  }

  /** Set on all workers after the same step, once any of them was asked to stop. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  nameWorker(index: number): string {
    return nameWorker(this.membership, index);
  }

  /** From now on the limit of steps holds, not that of the beginning. */
  beginTraining(): void {
    this.#isTraining = true;
  }

  /** Opens a session for a graph with collective operations. @param isReduced whether it computes in bfloat16 */
  openSession(nodes: readonly GraphNode[], isReduced: boolean): ClusterSession {
    return this.#server.openSession(nodes, isReduced);
  }

  /** A run of such a session. @returns the fetched tensors' values */
  async run(session: ClusterSession, feeds: readonly SessionFeed[], fetches: readonly string[]) {
    const limit = this.#isTraining ? this.#limits.stepMs : this.#limits.waitMs;
    const over = new AbortController();
    const ended = watchWorkers(this.membership, over.signal).then(() =>
      Promise.reject(new Error('a worker has ended')),
    );
    try {
      return await Promise.race([session.run(feeds, fetches, limit), ended]);
    } catch (error) {
      throw await describeLoss(this.membership, error, limit);
    } finally {
      ended.catch(() => undefined);
      over.abort();
    }
  }

  /** The sum of each number over all workers: the same bits on each of them. Also finds out whether one was asked to stop. */
  async sum(numbers: readonly number[]): Promise<number[]> {
    const values = new Float64Array(numbersAtOnce(this.size));
    values.set([this.#signal?.aborted ? 1 : 0, ...numbers]);
    const feed = { name: 'numbers', type: 'double', shape: [values.length], values } as const;
    const [result] = await this.run(this.#control, [feed], ['numbers_sum']);
    const [stops = 0, ...sums] = result?.data ?? [];
    if (stops > 0) this.#stop.abort();
    return sums.slice(0, numbers.length);
  }

  /** One number of each worker, in their order. */
  gatherNumbers(own: number): Promise<number[]> {
    return this.sum(Array.from({ length: this.size }, (_, index) => (index === this.index ? own : 0)));
  }

  /** A text of each worker, in their order. */
  async gather(text: string): Promise<string[]> {
    const bytes = Buffer.from(text, 'utf8');
    const lengths = await this.gatherNumbers(bytes.length);
    const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const own = new Uint8Array(Math.ceil(total / BYTES_AT_ONCE) * BYTES_AT_ONCE);
    own.set(bytes, starts[this.index]);
    const all = await this.#sumBytes(own);
    return lengths.map((length, index) => all.toString('utf8', starts[index], (starts[index] as number) + length));
  }

  /** Where only one worker has anything but 0, the sum is what it has. */
  async #sumBytes(own: Uint8Array): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for (let start = 0; start < own.length; start += BYTES_AT_ONCE) {
      const values = new Int32Array(own.buffer, start, WORDS_AT_ONCE);
      const feed = { name: 'words', type: 'int32', shape: [WORDS_AT_ONCE], values } as const;
      const [sum] = await this.run(this.#control, [feed], ['words_sum']);
      if (sum !== undefined) parts.push(new Uint8Array(sum.data.buffer));
    }
    return Buffer.concat(parts);
  }

  /** Worker 0's text. */
  async share(text: string): Promise<string> {
    const [first] = await this.gather(this.index === 0 ? text : '');
    return first as string;
  }
}

function startServer(membership: Membership): ClusterServer {
  try {
    return ClusterServer.start(membership.addresses, membership.index);
  } catch (error) {
    throw describeServerFailure(membership, error);
  }
}
