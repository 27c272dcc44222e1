// Runs the network on an image, for what its layers see to be drawn.

import type { ImageDecoder } from '../../dataset/decode/image-decoder.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { Engine } from '../../engines/contract/engine.js';
import { classify, classProbabilities, givesProbabilities, nameClass } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import type { Target } from '../shared/image-results.js';
import { type RankingJob, rankLayers } from '../shared/rank-layers.js';
import { checkPrediction, type TrueClassOf } from '../shared/true-class.js';
import type { DrawingJob, SeenImage } from './draw-image.js';

/** What is the same for every image of a call. */
export interface ShowingJob extends Omit<DrawingJob, 'scalings'> {
  network: Engine;
  classNames: readonly string[];
  trueClassOf: TrueClassOf;
  preprocessing: Preprocessing;
  decoder: ImageDecoder;
  /** absent: channels are not ranked */
  ranking?: RankingJob;
}

/**
 * Runs the network once on an image.
 *
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function seeImage(target: Target, job: ShowingJob, onEvent: EventListener): Promise<SeenImage> {
  const { network, preprocessing, decoder, ranking } = job;
  const pixels = await decoder.decode(target.image, preprocessing);
  onEvent({ type: 'input', image: target.image, inputShape: [1, ...network.inputShape] });
  const floats = toImageFloats(pixels, preprocessing);
  const { prediction, ...seen } = await runNetwork(floats, job);
  const rankings = ranking && (await rankLayers(ranking, floats));
  const { width, height } = preprocessing;
  return {
    ...{ ...target, ...seen, pixels, width, height },
    prediction: prediction && checkPrediction(prediction, job.trueClassOf(target.image)),
    ...(rankings && { rankings }),
  };
}

/** One run for the layers to show and for the prediction. */
async function runNetwork(input: Float32Array, { network, layers, classNames }: ShowingJob) {
  const names = layers.map(({ name }) => name);
  const { outputNames, outputKind } = network;
  const all = await network.run(input, 1, [...new Set([...names, ...outputNames])]);
  const outputs = all.filter(({ name }) => names.includes(name));
  const output = all.find(({ name }) => name === outputNames[0]);
  if (output === undefined || !givesProbabilities(network)) return { outputs, prediction: null };
  const classes = classProbabilities(output.values).map((probability, index) => {
    return { className: nameClass(index, classNames), probability };
  });
  return { outputs, prediction: classify(output.values, classNames, outputKind), classes };
}
