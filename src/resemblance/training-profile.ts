// What a network's training images are like to it, and how unlike them another image is.

import { formatAmount } from '../base/counts.js';
import { factorize, solveLower } from './cholesky.js';
import type { Distribution } from './covariance.js';

/** What the training images of a run are like to its network. */
export interface TrainingProfile {
  /** of the network's weights and of how images become its input: of others it says nothing */
  identity: string;
  layerNames: string[];
  /** images of the training that it was made of */
  imageCount: number;
  mean: Float64Array;
  /** [features, features]: the lower triangle of the covariance's Cholesky factor */
  factor: Float64Array;
  /** of validation images, the least first */
  distances: Float64Array;
}

/** How unlike the training images an image is. */
export interface Unlikeness {
  /** Mahalanobis distance from the training images */
  distance: number;
  /** share of the held-out validation images that are less unlike the training images, 0..1 */
  share: number;
  /** images that were held out and compared */
  heldOutCount: number;
  /** more unlike than an ordinary image is with a probability of 5 %: the network's probabilities mean little here */
  isUnlike: boolean;
}

/** With fewer, an ordinary image is more unlike than all of them with a probability of more than 5 %. */
export const MIN_HELD_OUT = 19;

/**
 * From so many less unlike held-out images on an image is said to be unlike: among `count` of those and an ordinary image, each
 * place is as likely for that image, and 5 % of the places, or fewer, are beyond this one.
 */
function unlikeFrom(count: number): number {
  return Math.ceil((19 * (count + 1)) / 20);
}

/** @returns undefined where the training images are all the same to the network */
export function createProfile(
  { mean, covariance }: Distribution,
  about: Pick<TrainingProfile, 'identity' | 'layerNames' | 'imageCount'>,
): TrainingProfile | undefined {
  const factor = factorize(covariance, mean.length);
  return factor && { ...about, mean, factor, distances: new Float64Array() };
}

/** Mahalanobis distance of an image's numbers from the training images; infinity where they are NaN or infinite. */
export function measureDistance({ mean, factor }: TrainingProfile, row: Float64Array): number {
  const solved = solveLower(
    factor,
    mean.length,
    row.map((value, at) => value - (mean[at] as number)),
  );
  const distance = Math.sqrt(solved.reduce((sum, value) => sum + value ** 2, 0));
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}

/** How unlike the training images an image with these numbers is. */
export function assessUnlikeness(profile: TrainingProfile, row: Float64Array): Unlikeness {
  const distance = measureDistance(profile, row);
  const { length: heldOutCount } = profile.distances;
  const below = profile.distances.filter((each) => each < distance).length;
  return { distance, share: below / heldOutCount, heldOutCount, isUnlike: below >= unlikeFrom(heldOutCount) };
}

/** `unlike the training images, more than 99 % of 400 held-out images: ...`; undefined for an image that is not. */
export function describeUnlikeness({ share, heldOutCount, isUnlike }: Unlikeness): string | undefined {
  if (!isUnlike) return undefined;
  const part = `${share === 1 ? 'all' : `${Math.floor(100 * share)} % of`} ${formatAmount(heldOutCount, 'held-out image')}`;
  return `unlike the training images, more than ${part}: its probability means little here`;
}
