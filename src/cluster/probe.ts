// Whether other workers are there.

import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Membership } from './membership.js';

/** `silent`: it takes connections, or nothing refuses them, but no program answers. */
export type ProbeResult = 'answers' | 'refuses' | 'silent' | 'unknown host';

/** What an HTTP/2 client begins with, and its empty SETTINGS: a gRPC server answers by its own. */
const GREETING = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** A process that is ending resets what it has taken already. */
const failures: Record<string, ProbeResult> = {
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'unknown host',
  ECONNREFUSED: 'refuses',
  ECONNRESET: 'refuses',
  EPIPE: 'refuses',
};

/** Greets a gRPC server. A stopped process still takes connections, by its kernel: only an answer counts. */
export function probe(address: string, limitMs: number): Promise<ProbeResult> {
  const { host, port } = splitAddress(address);
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (result: ProbeResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(limitMs, () => end('silent'));
    socket.on('connect', () => socket.write(GREETING));
    socket.on('data', () => end('answers'));
    socket.on('close', () => end('refuses'));
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => end(failures[code] ?? 'silent'));
  });
}

export function splitAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(colon + 1)) };
}

/** How long nothing is asked, and how often then. */
const WATCH_MS = 5000;

/**
 * Resolves when another worker has ended, or `over` is set. TensorFlow waits for one that ended between two of its calls until its
 * own limit.
 */
export async function watchWorkers({ addresses, index }: Membership, over: AbortSignal): Promise<void> {
  const others = addresses.filter((_, at) => at !== index);
  while (!over.aborted) {
    await setTimeout(WATCH_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    const results = await Promise.all(others.map((address) => probe(address, WATCH_MS)));
    if (results.includes('refuses')) return;
  }
}

/** How often a worker that is not there yet is greeted again. */
const EVERY_MS = 250;

/** @returns the index of a worker that did not answer in time; undefined: all did */
export async function waitForWorkers(
  { addresses, index: own }: Membership,
  limitMs: number,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const deadline = performance.now() + limitMs;
  for (const [index, address] of addresses.entries()) {
    while (index !== own && (await probe(address, 1000)) !== 'answers') {
      signal?.throwIfAborted();
      if (performance.now() >= deadline) return index;
      await setTimeout(EVERY_MS);
    }
  }
  return undefined;
}
