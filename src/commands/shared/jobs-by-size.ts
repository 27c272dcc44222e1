// What a command prepares for its network, for each size of one that takes any.

import type { TrainedNetwork } from './network-in-use.js';
import type { OpenedNetwork } from './opened-network.js';

/** Jobs by the size of the images that they are for. */
export interface JobsBySize<Job> {
  /** for the network as it was opened */
  first: Job;
  /** @throws CnnvizError BAD_IMAGE */
  forImage(path: string): Promise<Job>;
}

/**
 * Prepares a command's job for the size of each image: once, where there is one size.
 *
 * @param prepare gets the first job from the second on: what it said is not said again, and what it chose stays
 */
export async function prepareBySize<Job>(
  opened: OpenedNetwork,
  prepare: (trained: TrainedNetwork, first?: Job) => Job | Promise<Job>,
): Promise<JobsBySize<Job>> {
  const first = await prepare(opened);
  let last = { network: opened.network, job: first };
  return {
    first,
    async forImage(path) {
      const trained = await opened.forImage(path);
      const { network } = trained;
      if (network === opened.network) return first;
      if (network !== last.network) last = { network, job: await prepare(trained, first) };
      return last.job;
    },
  };
}
