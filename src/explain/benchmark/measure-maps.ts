// Draws the maps of some methods for an image, and measures each where it lies on the image.

import type { Plane } from '../../base/plane.js';
import type { Random } from '../../base/random.js';
import type { ClassScores } from '../../engines/contract/engine.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { placeCells } from '../../rendering/place-cells.js';
import { blurMap } from '../blur.js';
import { explainInput, type MethodMaps } from '../explain-input.js';
import { fillFor } from '../fill.js';
import { locateCells } from '../locate-cells.js';
import { getMethod, type MethodName } from '../methods.js';
import type { SpatialLayer } from '../select-layer.js';
import type { ClassTarget } from '../targets.js';
import { insertionMinusDeletion, type PerturbedImage, type ProbabilityOf } from './insertion-deletion.js';
import { energyInside, type Mask, pointsInside } from './mask-metrics.js';

/** A method at a layer, or at the pixels or windows of them. */
export interface Subject {
  method: MethodName;
  layer: SpatialLayer;
}

/** The map of a method for an image as the method gives it, and what it cost. */
export async function mapSubject(
  network: ScoreNetwork,
  { method, layer }: Subject,
  { input, scores, target }: { input: Float32Array; scores: ClassScores; target: ClassTarget },
): Promise<{ map: Plane; cpu: number }> {
  const start = process.cpuUsage();
  const layers = getMethod(method).of === 'layer' ? [layer] : [];
  const fill = fillFor('mean', input, { inputShape: network.inputShape, black: [] });
  const choice = { layers, targets: [target], methods: [method], fill };
  const [explained] = await explainInput(network, input, scores, choice);
  const { user, system } = process.cpuUsage(start);
  return { map: (explained as MethodMaps).maps[0]?.map as Plane, cpu: (user + system) / 1000 };
}

/** Where maps lie: on cells, those of a layer or windows, or on the pixels. */
export type Place = { of: 'cells'; layer: SpatialLayer } | { of: 'input' };

/** Where the maps of a method lie. */
export function placeOf({ method, layer }: Subject): Place {
  const { of } = getMethod(method);
  return of === 'input' ? { of } : { of: 'cells', layer };
}

/** What a place is called: the layer, `windows` or `input`. */
export function namePlace({ method, layer }: Subject): string {
  return getMethod(method).of === 'windows' ? 'windows' : layer.name;
}

/** A map at the size of the image: cells where they lie, pixels blurred as they are shown. */
export function placeMap(map: Plane, place: Place, inputShape: readonly number[]): Plane {
  if (place.of === 'input') return blurMap(map);
  const [height, width] = inputShape as [number, number];
  return placeCells(map, locateCells(place.layer, inputShape), { width, height, smooth: true });
}

/** What is measured of a map of one image. */
export interface MapMetrics {
  /** of drawn images: energy inside the head, 0..1; pointing; energy where the twin differs */
  head?: number;
  pointing?: number;
  twinDifference?: number;
  /** insertion minus deletion with a blurred copy, and with the mean color; absent where only the masks were asked */
  blur?: number;
  mean?: number;
}

/** Where the evidence of a drawn image is known to lie. */
export interface EvidenceMasks {
  head: Mask;
  twinDifference: Mask;
}

/** Measures a placed map. @param curves false: only what masks say, where there are some */
export async function measureMap(
  map: Plane,
  image: { perturbed: PerturbedImage; masks?: EvidenceMasks | undefined },
  asking: { probabilityOf: ProbabilityOf; random: Random; curves: boolean },
): Promise<MapMetrics> {
  const { perturbed, masks } = image;
  const metrics: MapMetrics = {};
  if (masks !== undefined) {
    metrics.head = energyInside(map, masks.head);
    metrics.pointing = pointsInside(map, masks.head);
    metrics.twinDifference = energyInside(map, masks.twinDifference);
  }
  if (!asking.curves && masks !== undefined) return metrics;
  return { ...metrics, ...(await insertionMinusDeletion(perturbed, map, asking)) };
}

/** The metric that decides: energy inside the head where that is known, else insertion minus deletion, both fills alike. */
export function decisiveOf({ head, blur = 0, mean = 0 }: MapMetrics): number {
  return head ?? (blur + mean) / 2;
}
