// What is known of an image before others are compared with it.

import { decodeImage } from '../../dataset/decode/decode-image.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import { scoresOf } from '../../engines/contract/scores.js';
import { classTarget } from '../../explain/targets.js';
import type { Query } from '../../resemblance/nearest.js';
import type { Unlikeness } from '../../resemblance/training-profile.js';
import { classify, classProbabilities, requireFinite } from '../shared/classify.js';
import type { Target } from '../shared/image-results.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { UnlikenessMeter } from '../shared/training-profile.js';
import { type CheckedPrediction, checkPrediction, type TrueClassOf } from '../shared/true-class.js';

/** An image to find the likes of. */
export interface ImageQuery extends Query {
  target: Target;
  prediction: CheckedPrediction;
  unlike?: Unlikeness;
}

/** What is the same for every image of a call. */
interface QueryJob {
  trained: TrainedNetwork;
  /** of the features */
  layerName: string;
  classNames: readonly string[];
  trueClassOf: TrueClassOf;
  meter: UnlikenessMeter | undefined;
}

/** Runs an image through the network: its features, and how the score of the predicted class depends on each. @throws CnnvizError BAD_IMAGE, BAD_MODEL */
export async function openQuery(target: Target, job: QueryJob): Promise<ImageQuery> {
  const { network, preprocessing, place } = job.trained;
  const scores = scoresOf(network);
  const input = toImageFloats(await decodeImage(target.image, preprocessing), preprocessing);
  const { outputs } = await scores.computeScores(input);
  requireFinite(outputs, `${place.path}: the network`);
  const probabilities = classProbabilities(outputs);
  const { scoreWeights } = classTarget(probabilities.indexOf(Math.max(...probabilities)), scores.scoreCount);
  const { output, gradient } = await scores.differentiate(input, job.layerName, scoreWeights);
  const unlike = await job.meter?.assessInput(input);
  const prediction = checkPrediction(
    classify(outputs, job.classNames, network.outputKind),
    job.trueClassOf(target.image),
  );
  return { target, features: output.values, weights: gradient, prediction, ...(unlike && { unlike }) };
}
