// Draws the maps of some methods for an image, and measures each where it lies on the image.

import type { Plane } from '../../base/plane.js';
import type { Random } from '../../base/random.js';
import type { ClassScores } from '../../engines/contract/engine.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { placeCells } from '../../rendering/place-cells.js';
import { blurMap } from '../blur.js';
import { explainInput, type MethodMaps } from '../explain-input.js';
import { locateCells, pixelsOf } from '../locate-cells.js';
import { getMethod, type MethodName } from '../methods.js';
import type { SpatialLayer } from '../select-layer.js';
import type { ClassTarget } from '../targets.js';
import { insertionMinusDeletion, type PerturbedImage, type ProbabilityOf } from './insertion-deletion.js';
import { energyInside, type Mask, pointsInside } from './mask-metrics.js';

/** A method at a layer, or at the pixels. */
export interface Subject {
  method: MethodName;
  layer: SpatialLayer;
}

/** Every method at every layer; those that map pixels once. */
export function listSubjects(
  { inputShape }: Pick<ScoreNetwork, 'inputShape'>,
  methods: readonly MethodName[],
  layers: readonly SpatialLayer[],
): Subject[] {
  const pixels = pixelsOf(inputShape);
  return methods.flatMap((method) =>
    (getMethod(method).of === 'input' ? [pixels] : layers).map((layer) => ({ method, layer })),
  );
}

/** The map of a method for an image as the method gives it, and what it cost. */
export async function mapSubject(
  network: ScoreNetwork,
  { method, layer }: Subject,
  { input, scores, target }: { input: Float32Array; scores: ClassScores; target: ClassTarget },
): Promise<{ map: Plane; cpu: number }> {
  const start = process.cpuUsage();
  const layers = getMethod(method).of === 'input' ? [] : [layer];
  const [explained] = await explainInput(network, input, scores, { layers, targets: [target], methods: [method] });
  const { user, system } = process.cpuUsage(start);
  return { map: (explained as MethodMaps).maps[0]?.map as Plane, cpu: (user + system) / 1000 };
}

/** Where maps lie: on the cells of a layer, or on the pixels. */
export type Place = { of: 'layer'; layer: SpatialLayer } | { of: 'input' };

/** Where the maps of a method lie. */
export function placeOf({ method, layer }: Subject): Place {
  const { of } = getMethod(method);
  return of === 'input' ? { of } : { of, layer };
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
  blurred?: number;
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
export function decisiveOf({ head, blurred = 0, mean = 0 }: MapMetrics): number {
  return head ?? (blurred + mean) / 2;
}
