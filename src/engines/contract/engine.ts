import type { ChannelMeasurements, ValueRange } from './channel-measurements.js';
import type { ChannelPeaks } from './channel-peaks.js';
import type { LayerSettings } from './layer-settings.js';
import type { NetworkInput } from './network-input.js';
import type { OutputKind } from './output-kind.js';
import type { Precision } from './precision.js';
import type { ReceptiveField } from './receptive-field.js';

/** What a command does with a network. What it does not name costs nothing. */
export type EngineUse = 'run' | 'score' | 'measure' | 'peaks' | 'perturb' | 'ascend';

/** A trained network on whichever engine runs it, with one copy of its weights for all that is asked of it. */
export interface Engine {
  readonly kind: 'graph' | 'layers';
  readonly precision: Precision;
  /** without the batch: [height, width, channels] */
  readonly inputShape: readonly number[];
  /** in the model's order; every call of a layer counts, an InputLayer does not */
  readonly layers: readonly NetworkLayer[];
  /** of the layers that give the network's outputs */
  readonly outputNames: readonly string[];
  /** scores of one image; null for a network that has none: it needs one output of (batch, classes) */
  readonly scoreCount: number | null;
  /** what the output says */
  readonly outputKind: OutputKind;
  /**
   * Runs a batch of any size once and gives the outputs of the named layers, in that order, as they are in inference
   * (no dropout, batch normalization by its averages). Opened for 'run'.
   *
   * @param inputs [size, ...inputShape]
   * @throws CnnvizError BAD_ARGUMENT for a layer that is not in `layers`
   */
  run(inputs: NetworkInput, size: number, layerNames: readonly string[]): Promise<LayerOutput[]>;
  /** Opened for 'score'. @param input one image or several, preprocessed @throws CnnvizError BAD_MODEL where there are no scores */
  computeScores(input: Float32Array): Promise<ClassScores>;
  /**
   * Opened for 'score'.
   *
   * @param input one image, preprocessed
   * @param scoreWeights one a score: 1 for the class alone and 0 elsewhere; -1 turns a score's sign
   * @throws CnnvizError BAD_MODEL where there are no scores, BAD_ARGUMENT for a layer that has none after it
   */
  differentiate(input: Float32Array, layerName: string, scoreWeights: Float32Array): Promise<ScoreGradient>;
  /**
   * The same for several places in one call, and for several images. Opened for 'score'.
   *
   * @param input one image or several, preprocessed
   * @param places layers, in whose order the gradients come, and whether the input is one of them; guided gradients only where
   * opened for 'perturb' as well
   */
  differentiateAll(input: Float32Array, places: GradientPlaces, scoreWeights: Float32Array): Promise<ScoreGradients>;
  /**
   * The sum over several images of how a sum of scores depends on the input: cheaper than each by itself. Opened for 'score'.
   *
   * @param inputs several images, preprocessed
   * @returns of the shape of one image
   * @throws CnnvizError BAD_MODEL where there are no scores
   */
  sumGradients(inputs: Float32Array, scoreWeights: Float32Array): Promise<Float32Array>;
  /**
   * The scores of an image of which parts are replaced. Opened for 'perturb'.
   *
   * @param input one image, preprocessed
   * @returns [masks, scores]
   * @throws CnnvizError BAD_MODEL where there are no scores
   */
  computeMaskedScores(input: Float32Array, masks: InputMasks): Promise<Float32Array>;
  /**
   * The scores where a layer puts out something else than it does. Opened for 'score'.
   *
   * @param input one image, preprocessed: what other branches of the network get
   * @param outputs [size, ...the layer's shape]
   * @returns [size, scores]
   * @throws CnnvizError BAD_MODEL where there are no scores, BAD_ARGUMENT for a layer that has none after it
   */
  computeScoresFrom(input: Float32Array, layerName: string, outputs: Float32Array): Promise<Float32Array>;
  /**
   * Runs a batch once, as in inference, and reduces what the layers put out. Opened for 'measure'.
   *
   * @param inputs [size, ...inputShape]
   * @returns in the order of `layerNames`
   * @throws CnnvizError BAD_ARGUMENT for a layer that is not in `layers`
   */
  measure(inputs: NetworkInput, size: number, layerNames: readonly string[]): Promise<ChannelMeasurements[]>;
  /**
   * How the means of a layer's channels depend on every pixel, for several images at once. A relu that the layer ends in
   * may have a slope below 0, so that channels which do not fire have a gradient, too. Opened for 'ascend'.
   *
   * @param inputs [size, ...inputShape]
   * @param layerName null: the scores take the place of means
   * @param weights [size, channels]: what each channel counts in the sum that is differentiated, image by image
   * @param slope of the layer's relu below 0; default: 0, as it is
   * @returns [size, ...inputShape]
   * @throws CnnvizError BAD_ARGUMENT for a layer that is not in `layers`, BAD_MODEL where there are no scores
   */
  differentiateChannels(
    inputs: Float32Array,
    layerName: string | null,
    weights: Float32Array,
    slope?: number,
  ): Promise<Float32Array>;
  /**
   * Runs a batch once, as in inference, and finds where each channel of the layers responds most. Opened for 'peaks'.
   *
   * @param inputs [size, ...inputShape]
   * @returns in the order of `layerNames`
   * @throws CnnvizError BAD_ARGUMENT for a layer that is not in `layers`
   */
  locatePeaks(inputs: NetworkInput, size: number, layerNames: readonly string[]): Promise<ChannelPeaks[]>;
  dispose(): void;
}

/** One call of a layer, and what it puts out. */
export interface NetworkLayer {
  /**
   * the layer's; `shared#2` for the second call of a layer that is called several times, `base/conv` for a layer of a
   * network within the network
   */
  readonly name: string;
  /** Keras's class name, such as `Conv2D` */
  readonly kind: string;
  /** without the batch: [height, width, channels] or [units] */
  readonly shape: readonly number[];
  readonly parameterCount: number;
  /** the values that its activation can take, where both ends are fixed: sigmoid and tanh, not relu */
  readonly range: ValueRange | null;
  /** of a Flatten: the shape of the maps that its units come from, [height, width, channels]; else null */
  readonly flattened: readonly number[] | null;
  /** what each cell of its maps sees; null for a layer without maps, and for one that may see everything */
  readonly field: ReceptiveField | null;
  /** names of the layers that it gets its inputs from; '' for the network's input */
  readonly inputs: readonly string[];
  /** what decides its values besides its weights */
  readonly settings: LayerSettings;
}

/** What one layer gives for a batch of inputs. */
export interface LayerOutput {
  name: string;
  /** with the batch: [size, height, width, channels] or [size, units] */
  shape: number[];
  values: Float32Array;
}

/** What a network makes of one image; of several one after the other. */
export interface ClassScores {
  /** one a unit of the last layer, before its sigmoid or softmax; its outputs where it has neither */
  scores: Float32Array;
  /** the network's outputs: probabilities, where it ends in a sigmoid or softmax */
  outputs: Float32Array;
}

/** How a sum of scores depends on what a layer puts out. */
export interface ScoreGradient {
  /** what the layer puts out for the image, with the batch's 1 in front */
  output: LayerOutput;
  /** the derivative of the sum of the scores, each times its weight, for every value of `output` */
  gradient: Float32Array;
}

/** What scores are differentiated for. */
export interface GradientPlaces {
  layerNames: readonly string[];
  input: boolean;
  /** whether the input's gradient is wanted as guided backpropagation has it, too: every relu passes back only what is above 0 */
  guided?: boolean;
}

/** Parts of an image to be replaced. */
export interface InputMasks {
  /** [masks, height, width]: 1 keeps a pixel, 0 replaces it */
  masks: Float32Array;
  /** what takes the place of pixels; of the input's shape */
  fill: Float32Array;
}

/** How a sum of scores depends on what several layers put out, and on the input. */
export interface ScoreGradients {
  layers: ScoreGradient[];
  /** the derivative for every value of the input; empty where it is not asked for */
  input: Float32Array;
  /** the same by guided backpropagation; empty where it is not asked for */
  guided: Float32Array;
}
