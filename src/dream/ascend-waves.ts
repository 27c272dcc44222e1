// Gradient ascent on the waves that a picture consists of.

import { createRandom, type Random } from '../base/random.js';
import { Adam } from './adam.js';
import { type Ascent, type Goal, pictureShape, stackGoals } from './ascent.js';
import { gaussianNoise } from './gaussian-noise.js';
import { toInput, toPictureGradient } from './picture-input.js';
import { shiftPictures, unshiftGradient } from './shift-pictures.js';
import { WavePainter } from './wave-painter.js';

/** Steps where none are asked for. */
export const waveSteps = 64;

/** Of the layer's relu below 0: a channel that does not fire on noise has no gradient otherwise, and its ascent never begins. */
const slope = 0.01;

/** Of a standard normal distribution: all but gray. */
const startScale = 0.01;

/** Of a side: how far a picture is shifted at most before it is differentiated. */
const jitter = 0.05;

/**
 * Pictures that make channels fire (or a class's score high), by gradient ascent as in Olah, Mordvintsev, Schubert: "Feature
 * Visualization", Distill, 2017. From gray noise, in each step:
 *
 *     z = z + Adam of the gradient of  mean over places of channel(shift(picture(z)))
 *
 * where z are the waves of `WavePainter`, colors decorrelated, high frequencies damped, and the shift is another one in each
 * step, so that no detail counts that has to lie on a certain pixel. The layer's own relu counts with a slope of .01 below 0. The start and the shifts are the same for all goals.
 *
 * @returns [goals, height, width, colors], 0..255
 */
export async function ascendWaves(ascent: Ascent, goals: readonly Goal[]): Promise<Float32Array> {
  const { network, scaling, layerName, steps, seed, onStep, onGradient } = ascent;
  const shape = pictureShape(ascent);
  const weights = stackGoals(goals);
  using painter = new WavePainter(shape);
  const start = gaussianNoise(painter.waveCount, createRandom(seed, 'dream', 0));
  const waves = new Float32Array(goals.length * start.length);
  goals.forEach((_, index) => {
    waves.set(
      start.map((value) => startScale * value),
      index * start.length,
    );
  });
  const adam = new Adam(waves.length);
  for (let step = 0; step < steps; step++) {
    await onStep?.();
    const pictures = await painter.paint(waves);
    const random = createRandom(seed, 'dream', 1, step);
    const shift = { down: drawShift(shape.height, random), right: drawShift(shape.width, random) };
    const input = toInput(shiftPictures(pictures, shape, shift), scaling);
    const inputGradient = await network.differentiateChannels(input, layerName, weights, slope);
    onGradient?.(inputGradient);
    const gradient = toPictureGradient(inputGradient, scaling);
    adam.ascend(waves, await painter.takeBack(unshiftGradient(gradient, shape, shift), pictures));
  }
  return painter.paint(waves);
}

function drawShift(side: number, random: Random): number {
  const most = Math.round(jitter * side);
  return Math.floor(random() * (2 * most + 1)) - most;
}
