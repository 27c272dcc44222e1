// Collects the maps of a page's small pictures, and their averages, as batches come.

import { coarsenMap } from '../../base/coarsen-map.js';
import type { Plane } from '../../base/plane.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { Engine } from '../../engines/contract/engine.js';
import { scoresOf } from '../../engines/contract/scores.js';
import { locateCells } from '../../explain/locate-cells.js';
import { selectSpatialLayer } from '../../explain/select-layer.js';
import { EvidenceAverager } from '../../page/gallery/average-evidence.js';
import { encodeMap, placeShape } from '../../page/gallery/encode-map.js';
import type { EntryMap, MapShape } from '../../page/gallery/gallery-data.js';
import type { GalleryEvidence } from '../../page/gallery/gallery-summary.js';
import type { Query } from '../../resemblance/nearest.js';
import { selectFeatures } from '../../resemblance/select-features.js';
import { findProblem } from './find-problem.js';
import { type MappedImage, mapBatch } from './map-batch.js';

export interface ImageEvidence extends Query {
  map?: EntryMap;
}

/** Of a network without maps or features it collects none. */
export class EvidenceCollector {
  readonly #classNames: readonly string[];
  readonly #shapes: MapShape[] = [];
  readonly #averagers = new Map<number, EvidenceAverager>();
  #layerName: string | undefined;
  #hasOneScore = false;
  #leftOutCount = 0;

  constructor(classNames: readonly string[]) {
    this.#classNames = classNames;
  }

  /** @param pixels [predicted.length, height, width, 3] */
  async examine(
    { network, preprocessing }: { network: Engine; preprocessing: Preprocessing },
    pixels: Uint8Array,
    predicted: readonly number[],
  ): Promise<ImageEvidence[]> {
    const scores = scoresOf(network);
    const layer = findProblem(() => selectSpatialLayer(scores.layers));
    if ('problem' in layer) return predicted.map(() => ({ features: new Float32Array(), weights: new Float32Array() }));
    this.#layerName = layer.name;
    this.#hasOneScore = scores.scoreCount === 1;
    const features = findProblem(() => selectFeatures(network.layers, network.outputNames));
    const featureLayer = 'problem' in features ? undefined : features.name;
    const inputs = toImageFloats(pixels, preprocessing);
    const mapped = await mapBatch(inputs, predicted, { scores, layer, featureLayer });
    const cells = locateCells(layer, network.inputShape);
    return mapped.map(({ map: values, ...query }: MappedImage, at) => {
      const plane = { width: layer.shape[1], height: layer.shape[0], values };
      const small = coarsenMap(plane, cells);
      const shape = placeShape(this.#shapes, small.map, small.cells);
      const map = encodeMap(small.map, shape);
      if (map !== undefined && shape === 0) this.#average(small.map, predicted[at] as number);
      else this.#leftOutCount++;
      return { ...query, ...(map && { map }) };
    });
  }

  /** Of the maps so far; undefined where there are none. */
  describe(): GalleryEvidence | undefined {
    if (this.#layerName === undefined) return undefined;
    const averages = Array.from(this.#averagers, ([index, averager]) => ({ index, averager }))
      .sort((a, b) => a.index - b.index)
      .map(({ index, averager }) => averager.describe(this.#classNames[index] as string));
    const [hasOneScore, leftOutCount] = [this.#hasOneScore, this.#leftOutCount];
    return { layerName: this.#layerName, shapes: this.#shapes, hasOneScore, averages, leftOutCount };
  }

  /** One score speaks for both classes: each map is the other's with its sign turned. */
  #average({ width, height, values }: Plane, predicted: number): void {
    const add = (classIndex: number, own: Float32Array) => {
      const averager = this.#averagers.get(classIndex) ?? new EvidenceAverager({ width, height });
      averager.add(own);
      this.#averagers.set(classIndex, averager);
    };
    add(predicted, values);
    if (this.#hasOneScore)
      add(
        1 - predicted,
        values.map((value) => -value),
      );
  }
}
