// What a network's training images are like to it, and how unlike them another image is.

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
  /** more unlike than 95 % of the held-out images: the network's probabilities mean little here */
  isUnlike: boolean;
}

/** From this share of less unlike held-out images on an image is said to be unlike: so are 5 % of those themselves. */
const UNLIKE_SHARE = 0.95;

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
  const { distances } = profile;
  const share = distances.filter((each) => each < distance).length / distances.length;
  return { distance, share, isUnlike: share >= UNLIKE_SHARE };
}

/** `unlike 99 % of the held-out images: its probability means little here`; undefined for an image that is not. */
export function describeUnlikeness({ share, isUnlike }: Unlikeness): string | undefined {
  if (!isUnlike) return undefined;
  const part = share === 1 ? 'all held-out images' : `${Math.floor(100 * share)} % of the held-out images`;
  return `unlike the training images, more than ${part}: its probability means little here`;
}
