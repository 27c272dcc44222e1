// What is ascended, and how its result is measured.

import type { Engine } from '../engines/contract/engine.js';
import { classTarget } from '../explain/targets.js';
import { colorsOf, type PixelScaling } from './picture-input.js';

/** What an ascent needs of a network. */
export type AscendedNetwork = Pick<Engine, 'inputShape' | 'differentiateChannels' | 'measure' | 'computeScores'>;

/** Pictures that are ascended together, for channels of one layer or for classes. */
export interface Ascent {
  network: AscendedNetwork;
  /** how the network gets its pictures */
  scaling: PixelScaling;
  /** null: the scores of classes are ascended */
  layerName: string | null;
  steps: number;
  seed: number;
  /** called before each step; what it throws ends the ascent */
  onStep?: () => Promise<void>;
  /** called in each step with what the network gives for its input, [goals, ...inputShape] */
  onGradient?: (gradient: Float32Array) => void;
}

/** What each channel, or score, counts in the sum that is to become as large as it can: one picture each. */
export type Goal = Float32Array;

/** One channel alone. */
export function channelGoal(channel: number, channelCount: number): Goal {
  const goal = new Float32Array(channelCount);
  goal[channel] = 1;
  return goal;
}

/** The score of one class: see `classTarget`. */
export function classGoal(classIndex: number, scoreCount: number): Goal {
  return classTarget(classIndex, scoreCount).scoreWeights;
}

/** [goals, channels] */
export function stackGoals(goals: readonly Goal[]): Float32Array {
  const length = goals[0]?.length ?? 0;
  const stacked = new Float32Array(goals.length * length);
  goals.forEach((goal, index) => {
    stacked.set(goal, index * length);
  });
  return stacked;
}

/** The pictures of an ascent. */
export function pictureShape({ network, scaling }: Ascent): { height: number; width: number; colors: 1 | 3 } {
  const [height, width] = network.inputShape as [number, number];
  return { height, width, colors: colorsOf(scaling) };
}

/** What one image reaches. */
export interface Activation {
  /** the mean over the channel's map; of a class the score, before sigmoid or softmax */
  mean: number;
  /** the largest value of the map; of a class the score again */
  max: number;
}

/** What the network makes of images, [size, channels]. */
export interface MeasuredImages {
  means: Float32Array;
  maxima: Float32Array;
}

/** @param input [size, ...inputShape] @param layerName null: scores */
export async function measureImages(
  network: Pick<AscendedNetwork, 'measure' | 'computeScores'>,
  layerName: string | null,
  input: Float32Array,
  size: number,
): Promise<MeasuredImages> {
  if (layerName === null) {
    const { scores } = await network.computeScores(input);
    return { means: scores, maxima: scores };
  }
  const [measured] = await network.measure(input, size, [layerName]);
  return measured as NonNullable<typeof measured>;
}

/** What an image reaches of a goal. @param image among those that were measured, from 0 */
export function readActivation({ means, maxima }: MeasuredImages, goal: Goal, image: number): Activation {
  const from = image * goal.length;
  return { mean: weigh(goal, means, from), max: weigh(goal, maxima, from) };
}

/** A weight of 0 leaves a channel out, also one that is not finite. */
function weigh(goal: Goal, values: Float32Array, from: number): number {
  return goal.reduce((sum, weight, at) => (weight === 0 ? sum : sum + weight * (values[from + at] as number)), 0);
}
