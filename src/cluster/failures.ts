// Why workers cannot go on together, in one line each: who, and what happened.

import { setTimeout } from 'node:timers/promises';
import { DEADLINE_EXCEEDED } from '../backend/native/cluster/session.js';
import { CnnvizError } from '../base/errors.js';
import type { Membership } from './membership.js';
import { type ProbeResult, probe, splitAddress } from './probe.js';

const PROBE_MS = 2000;
/** Who fails first stays as long as this, so that others who ask do not take it for the cause. */
const STAY_MS = 3000;
/** TensorFlow's code where a worker is another process than the one that joined. */
const FAILED_PRECONDITION = '9';

const RESTART = 'Start all workers again; with --resume they go on from the last checkpoint.';

export function nameWorker({ addresses }: Membership, index: number): string {
  return `worker ${index} (${addresses[index]})`;
}

/** TensorFlow says neither who is gone nor who is stopped: that is found out by asking everyone. */
export async function describeLoss(membership: Membership, error: unknown, limitMs: number): Promise<CnnvizError> {
  const staying = setTimeout(STAY_MS);
  const { code, message } = error as { code?: string; message: string };
  const others = membership.addresses.map((address, index) => ({ address, index }));
  const asked = others.filter(({ index }) => index !== membership.index);
  const results = await Promise.all(asked.map(({ address }) => probe(address, PROBE_MS)));
  const lost = asked.flatMap(({ index }, at) => {
    const what = LOST[results[at] as ProbeResult];
    return what === undefined ? [] : [`${nameWorker(membership, index)} ${what}`];
  });
  await staying;
  return clusterFailed(lost.length > 0 ? lost.join(', ') : describeUnknown(code, message, limitMs), RESTART, error);
}

const LOST: Record<ProbeResult, string | undefined> = {
  answers: undefined,
  refuses: 'has ended',
  silent: 'does not answer: it was stopped, or the network between is gone',
  'unknown host': 'has no address any more',
};

function describeUnknown(code: string | undefined, message: string, limitMs: number): string {
  // TensorFlow puts where it was before what it was.
  const what = message.split('\n').slice(0, 2).join(' ');
  if (code === FAILED_PRECONDITION) return 'a worker was restarted while the others went on';
  if (code === DEADLINE_EXCEEDED) {
    return `a step took longer than ${Math.round(limitMs / 1000)} s although every worker answers: one was restarted, or is too slow (--step-limit)`;
  }
  return `the workers lost each other: ${what}`;
}

export function describeMissing(membership: Membership, index: number, waitMs: number): CnnvizError {
  const message = `${nameWorker(membership, index)} did not answer within ${Math.round(waitMs / 1000)} s`;
  return clusterFailed(message, 'Start it, or wait longer with --wait.');
}

/** TensorFlow refuses to start a server. */
export function describeServerFailure(membership: Membership, error: unknown): unknown {
  if (error instanceof CnnvizError) return error;
  const { port } = splitAddress(membership.addresses[membership.index] as string);
  const message = `${nameWorker(membership, membership.index)} cannot listen on port ${port}`;
  return clusterFailed(message, 'Is another process using it, such as an earlier one of this worker?', error);
}

function clusterFailed(message: string, hint: string, cause?: unknown): CnnvizError {
  return new CnnvizError('CLUSTER_FAILED', message, cause === undefined ? { hint } : { hint, cause });
}
