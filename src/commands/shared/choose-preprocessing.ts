// How images become a network's input.

import { CnnvizError } from '../../base/errors.js';
import { type Convention, conventionOf, scalingOf } from '../../dataset/decode/conventions.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { Engine } from '../../engines/contract/engine.js';
import type { ImageHandling } from '../../formats/network-file.js';
import type { FirstNormalization } from '../../network/first-normalization.js';
import { imageSizeAtMost } from '../../runs/run-schema.js';
import { betterConvention, measureConventions, nearestConvention } from './check-convention.js';
import type { WorkflowOptions } from './events.js';
import type { LocatedNetwork } from './locate-network.js';
import type { InputOptions } from './model-options.js';

const WORDS: Readonly<Record<Convention, string>> = {
  unit: 'unit (0 to 1)',
  signed: 'signed (-1 to 1)',
  caffe: "caffe (blue, green, red, less ImageNet's means)",
  torch: "torch (ImageNet's means and deviations)",
  raw: 'raw (0 to 255)',
};

/** What a choice can be checked against. */
export interface Evidence {
  network: Engine;
  normalization: FirstNormalization | undefined;
  /** that the network is to be shown */
  images: readonly string[];
}

/**
 * How images become the network's input: as the options say, else as its run did it; for a network of another making as its file
 * says, else as its first batch normalization shows, else as Keras does by default. What is assumed is noted.
 *
 * @throws CnnvizError BAD_MODEL for a network that takes no images
 */
export async function choosePreprocessing(
  found: LocatedNetwork,
  evidence: Evidence,
  options: InputOptions & WorkflowOptions,
): Promise<Preprocessing> {
  const { autoOrient, preprocess, fit, interpolation } = options;
  const chosen = {
    ...(autoOrient !== undefined && { autoOrient }),
    ...(fit !== undefined && { fit }),
    ...(interpolation !== undefined && { interpolation }),
  };
  if (found.run !== undefined) {
    const { rescale, normalization, ...own } = found.run.record.preprocessing;
    const scaling = preprocess ? scalingOf(preprocess) : { rescale, ...(normalization && { normalization }) };
    return { ...own, ...scaling, ...chosen };
  }
  const { convention, fit: ownFit, handling } = found.brought?.origin ?? {};
  const input = readInput(found.modelPath, evidence.network.inputShape);
  if (handling !== undefined && preprocess === undefined) {
    options.onEvent?.({ type: 'note', message: `images: ${describeHandling(handling.value)}: ${handling.source}` });
    return { ...input, ...handling.value, ...chosen };
  }
  const isCropped = ownFit !== undefined && fit === undefined;
  const unscaled = {
    ...input,
    interpolation: isCropped ? ('bilinear' as const) : ('nearest' as const),
    autoOrient: false,
    ...(isCropped && { fit: ownFit.value }),
    ...chosen,
  };
  const used = preprocess ?? convention?.value;
  const scaling = await chooseScaling(unscaled, used, evidence, options);
  if (preprocess === undefined && convention !== undefined) {
    const how = isCropped ? ', the middle of each image' : '';
    options.onEvent?.({ type: 'note', message: `pixels: ${WORDS[convention.value]}${how}: ${convention.source}` });
  }
  return { ...unscaled, ...scaling };
}

function describeHandling(handling: ImageHandling): string {
  const convention = conventionOf(handling);
  const pixels = convention === undefined ? 'pixels scaled as in its training' : `pixels ${WORDS[convention]}`;
  const fitting = { stretch: '', crop: ', the middle of each', pad: ', padded with black' }[handling.fit ?? 'stretch'];
  return `${pixels}${fitting}, ${handling.interpolation}`;
}

function readInput(path: string, inputShape: readonly number[]): Pick<Preprocessing, 'height' | 'width' | 'channels'> {
  const [height = 0, width = 0, channels] = inputShape;
  const isSide = (size: number) => Number.isInteger(size) && size >= 1 && size <= imageSizeAtMost;
  const isColor = channels === 1 || channels === 3 || channels === 4;
  if (inputShape.length === 3 && isSide(height) && isSide(width) && isColor) {
    return { height, width, ...(channels !== 3 && { channels }) };
  }
  const sizes = inputShape.map((size) => size ?? 'any').join(', ');
  const isOpen = inputShape.length === 3 && isColor && (inputShape[0] === null || inputShape[1] === null);
  throw new CnnvizError(
    'BAD_MODEL',
    `${path}: expected an input of (height, width, 1, 3 or 4 channels), at most ${imageSizeAtMost} pixels a side, found (${sizes})`,
    isOpen ? { hint: 'Choose a size with --image-size.' } : {},
  );
}

/** @param asked absent: nothing is known, and what its first batch normalization shows decides */
async function chooseScaling(
  unscaled: Omit<Preprocessing, 'rescale'>,
  asked: Convention | undefined,
  { network, normalization, images }: Evidence,
  { onEvent }: WorkflowOptions,
): Promise<ReturnType<typeof scalingOf>> {
  const distances =
    normalization && unscaled.channels === undefined
      ? await measureConventions(network, normalization, images, { ...unscaled, rescale: 1 })
      : [];
  const nearest = asked === undefined ? nearestConvention(distances) : undefined;
  const used = asked ?? nearest ?? 'unit';
  const better = betterConvention(distances, used);
  if (nearest !== undefined) {
    const message = `pixels: ${WORDS[nearest]}, since its first batch normalization then sees what it saw in training (--preprocess for another)`;
    onEvent?.({ type: 'note', message });
  } else if (asked === undefined) {
    const message = `pixels: ${WORDS.unit} assumed, as the file does not say (--preprocess for another)`;
    onEvent?.({ type: 'note', message });
  }
  if (better !== undefined) {
    const message = `pixels are ${WORDS[used]}, but its first batch normalization remembers others from training: ${WORDS[better]} fits better (--preprocess ${better})`;
    onEvent?.({ type: 'warning', message });
  }
  return scalingOf(used);
}
