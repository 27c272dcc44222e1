// What mistakes have in common: the evidence that the network found for its wrong answers, in groups.

import type { CellPlaces } from '../../base/cell-places.js';
import { CnnvizError } from '../../base/errors.js';
import type { Plane } from '../../base/plane.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import { type ScoreNetwork, scoresOf } from '../../engines/contract/scores.js';
import { rowsAtLeast } from '../../evaluation/find-groups.js';
import { averageRows } from '../../evaluation/k-means.js';
import { findMistakes } from '../../evaluation/mistakes.js';
import type { Scores } from '../../evaluation/scores.js';
import { hiresCam } from '../../explain/hires-cam.js';
import { locateCells } from '../../explain/locate-cells.js';
import { type SpatialLayer, selectSpatialLayer } from '../../explain/select-layer.js';
import { classTarget } from '../../explain/targets.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { describeEvidence, type EvidenceFeatures } from './evidence-features.js';
import { groupMistakes } from './group-mistakes.js';
import type { MistakesOfClass } from './result.js';

/** Images that the average is made of, and mistakes that are explained for each class: spread evenly over all. */
const averagedAtMost = 100;
const explainedAtMost = 300;

/** The groups, and the maps that they were made by. */
export interface ExplainedMistakes {
  layer: string;
  classes: MistakesOfClass[];
  /** of each image in a group: the evidence for its wrong class less the average map */
  maps: ReadonlyMap<string, Plane>;
  /** where the cells of the maps lie */
  cells: CellPlaces;
  preprocessing: Preprocessing;
}

interface Evidence {
  map: Float32Array;
  /** what each channel adds to the score */
  channels: Float64Array;
}

interface SeenImage {
  evidence: Evidence;
  pixels: Uint8Array;
}

/**
 * Maps the evidence for each wrong answer (HiResCAM at the last layer with several positions), takes off the average map of that class
 * over the evaluated images, and groups the mistakes that were taken for the same class by position, color and channels.
 *
 * @throws CnnvizError BAD_MODEL for a network without such a layer, ABORTED
 */
export async function explainMistakes(
  { network, preprocessing }: TrainedNetwork,
  { scores, paths, classNames }: { scores: Scores; paths: readonly string[]; classNames: readonly string[] },
  { onEvent = () => undefined, signal }: WorkflowOptions,
): Promise<ExplainedMistakes> {
  const mapper = new EvidenceMapper(scoresOf(network), preprocessing);
  const mistakes = findMistakes(scores);
  const isWrong = new Set(mistakes.map(({ imageIndex }) => imageIndex));
  const maps = new Map<string, Plane>();
  const classes: MistakesOfClass[] = [];
  for (const [predicted, className] of classNames.entries()) {
    const own = mistakes.filter(({ predictedClass }) => predictedClass === predicted);
    const wrong = thin(own, explainedAtMost).map(({ imageIndex }) => paths[imageIndex] as string);
    const about = { className, mistakeCount: own.length, explainedCount: wrong.length };
    if (wrong.length < rowsAtLeast) {
      if (wrong.length > 0) classes.push({ ...about, explainedCount: 0, groups: [] });
      continue;
    }
    const others = thin(scores.imageIndexes, averagedAtMost);
    const total = others.length + wrong.length;
    let done = 0;
    const examine = async (path: string) => {
      const seen = await mapper.examine(path, predicted);
      if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped while the mistakes were explained');
      onEvent({ type: 'image-examined', done: ++done, total });
      return seen;
    };
    const seen: SeenImage[] = [];
    for (const index of others) seen.push(await examine(paths[index] as string));
    const average = averageEvidence(seen);
    const right = seen.filter((_, at) => !isWrong.has(others[at] as number));
    const features: EvidenceFeatures[] = [];
    for (const path of wrong) {
      const { map, described } = mapper.compare(await examine(path), average);
      maps.set(path, map);
      features.push(described);
    }
    const usual = right.map((each) => mapper.compare(each, average).described);
    classes.push({ ...about, ...groupMistakes(features, usual, wrong) });
  }
  return { layer: mapper.layer.name, classes, maps, cells: mapper.cells, preprocessing };
}

/** Maps the evidence for a class in images. */
class EvidenceMapper {
  readonly layer: SpatialLayer;
  readonly cells: CellPlaces;
  readonly #network: ScoreNetwork;
  readonly #preprocessing: Preprocessing;

  /** @throws CnnvizError BAD_MODEL */
  constructor(network: ScoreNetwork, preprocessing: Preprocessing) {
    this.layer = selectSpatialLayer(network.layers);
    this.cells = locateCells(this.layer, network.inputShape);
    this.#network = network;
    this.#preprocessing = preprocessing;
  }

  /** How the evidence in an image differs from the average. */
  compare({ evidence, pixels }: SeenImage, average: Evidence): { map: Plane; described: EvidenceFeatures } {
    const [height, width] = this.layer.shape;
    const values = evidence.map.map((value, at) => value - (average.map[at] as number));
    const channels = evidence.channels.map((value, at) => value - (average.channels[at] as number));
    const [rows = 1, columns = 1] = this.#network.inputShape;
    const about = { cells: this.cells, size: { width: columns, height: rows }, pixels, channels };
    const map = { width, height, values };
    return { map, described: describeEvidence(map, about) };
  }

  /** The evidence for a class in an image. */
  async examine(path: string, classIndex: number): Promise<SeenImage> {
    const pixels = await decodeImage(path, this.#preprocessing);
    const { scoreWeights } = classTarget(classIndex, this.#network.scoreCount);
    const input = toImageFloats(pixels, this.#preprocessing);
    const { output, gradient } = await this.#network.differentiate(input, this.layer.name, scoreWeights);
    const { shape } = this.layer;
    const channels = new Float64Array(shape[2]);
    for (let at = 0; at < gradient.length; at++) {
      (channels[at % channels.length] as number) += (gradient[at] as number) * (output.values[at] as number);
    }
    return {
      evidence: { map: hiresCam({ shape, activations: output.values, gradients: gradient }), channels },
      pixels,
    };
  }
}

function averageEvidence(seen: readonly SeenImage[]): Evidence {
  const map = averageRows(seen.map(({ evidence }) => Float64Array.from(evidence.map)));
  return { map: Float32Array.from(map), channels: averageRows(seen.map(({ evidence }) => evidence.channels)) };
}

function thin<Item>(items: ArrayLike<Item>, atMost: number): Item[] {
  const count = Math.min(items.length, atMost);
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)] as Item);
}
