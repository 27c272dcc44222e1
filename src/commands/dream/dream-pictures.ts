// Dreams some channels or classes together: one batch.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import { type Raster, rasterFromPixels } from '../../base/raster.js';
import { ascendPixels, stretchContrast } from '../../dream/ascend-pixels.js';
import { ascendWaves } from '../../dream/ascend-waves.js';
import { type Activation, type Ascent, measureImages, pictureShape, readActivation } from '../../dream/ascent.js';
import { toInput } from '../../dream/picture-input.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { notFinite } from '../shared/not-finite.js';
import type { DreamSettings } from './options.js';
import { type DreamPlace, type DreamSubject, nameSubject } from './plan-dreams.js';

/** A picture, and what it reaches. */
export interface DreamedPicture {
  subject: DreamSubject;
  picture: Raster;
  /** what the network gets, [height, width, channels] */
  input: Float32Array;
  reached: Activation;
  /** whether any step had a gradient */
  began: boolean;
}

/** How the pictures of a call are ascended. */
export type AscentSettings = Pick<DreamSettings, 'plain' | 'seed' | 'signal'> & { steps: number };

/**
 * Ascends some subjects of a place at once.
 *
 * @param onStep called before each step
 * @throws CnnvizError ABORTED between two steps, BAD_MODEL where what is ascended is not finite
 */
export async function dreamPictures(
  { network, preprocessing: scaling, place }: Pick<TrainedNetwork, 'network' | 'preprocessing' | 'place'>,
  { layerName }: DreamPlace,
  subjects: readonly DreamSubject[],
  { plain, signal, ...settings }: AscentSettings,
  onStep: () => void,
): Promise<DreamedPicture[]> {
  const goals = subjects.map(({ goal }) => goal);
  const part = (values: Float32Array, index: number) =>
    values.subarray((index * values.length) / goals.length, ((index + 1) * values.length) / goals.length);
  const began = goals.map(() => false);
  const ascent: Ascent = {
    ...{ network, scaling, layerName, ...settings },
    onGradient(gradient) {
      for (const [index, known] of began.entries()) began[index] = known || part(gradient, index).some(isNotZero);
    },
    async onStep() {
      onStep();
      await setImmediate(); // a native run blocks everything else: let timers and signals in
      if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${subjects[0]?.base} was done`);
    },
  };
  const pictures = await (plain ? ascendPixels(ascent, goals) : ascendWaves(ascent, goals));
  // What a file can hold is measured, not what only an array can.
  const whole = pictures.map((value) => Math.round(Math.min(255, Math.max(0, value))));
  const input = toInput(whole, scaling);
  const measured = await measureImages(network, layerName, input, goals.length);
  const { height, width, colors } = pictureShape(ascent);
  return subjects.map((subject, index) => {
    const reached = readActivation(measured, subject.goal, index);
    if (!Number.isFinite(reached.mean) || !Number.isFinite(reached.max)) {
      throw notFinite(place.path, `${nameSubject(subject)} is NaN or infinite on its picture`);
    }
    const drawn = plain ? stretchContrast(part(pictures, index)) : part(whole, index);
    return {
      subject,
      picture: rasterFromPixels(drawn.map(Math.round), width, height, colors),
      input: part(input, index),
      ...{ reached, began: began[index] as boolean },
    };
  });
}

const isNotZero = (value: number) => value !== 0;
