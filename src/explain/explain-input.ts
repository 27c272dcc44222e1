// Maps the evidence for some classes, by some methods.

import type { Plane } from '../base/plane.js';
import type { ClassScores, ScoreGradients } from '../engines/contract/engine.js';
import type { ScoreNetwork } from '../engines/contract/scores.js';
import { areSame, measureAgreement } from './agreement.js';
import { averageGradients } from './average-gradients.js';
import type { LayerEvidence } from './cam.js';
import { type Completeness, measureCompleteness } from './completeness.js';
import { gradCam } from './grad-cam.js';
import { hiresCam } from './hires-cam.js';
import { pixelsOf } from './locate-cells.js';
import { getMethod, type MethodName } from './methods.js';
import { windowsOf } from './occlusion.js';
import type { SpatialLayer } from './select-layer.js';
import { type ClassTarget, targetScore } from './targets.js';

/** Where in an image a layer sees evidence for and against a class. */
export interface ClassMap {
  classIndex: number;
  /** before sigmoid or softmax */
  score: number;
  /** above 0: evidence for the class; below 0: against it. Of the layer's height and width */
  map: Plane;
  /** with HiResCAM's map of the same: see measureAgreement */
  agreement?: number;
  /** whether Grad-CAM and HiResCAM give the same map here, as before global average pooling */
  methodsAreEqual: boolean;
  /** of a method whose map should add up to something */
  completeness?: Completeness;
  /** how much of the map the average map of other images explains, 0..1, and of how many; where that is known */
  average?: { share: number; imageCount: number };
}

/** One method's maps of every class at one place. */
export interface MethodMaps {
  method: MethodName;
  /** the input itself, or windows of it, for a method that maps no layer */
  layer: SpatialLayer;
  /** in the order of the targets */
  maps: ClassMap[];
}

/** What to explain, and how. */
export interface ExplainChoice {
  layers: readonly SpatialLayer[];
  targets: readonly ClassTarget[];
  methods: readonly MethodName[];
  /** what takes the place of hidden pixels; default: 0 */
  fill?: Float32Array;
  /** takes how many more runs of the network are done, see countRuns; ends the work by throwing */
  advance?: (runs: number) => Promise<void>;
}

/** An image at hand. */
interface ImageAtHand extends Required<Omit<ExplainChoice, 'layers' | 'methods'>> {
  network: ScoreNetwork;
  input: Float32Array;
  /** for each target */
  gradients: readonly ScoreGradients[];
}

/**
 * Maps the evidence for some classes: for each method a map at each of the layers, or one of the pixels or of windows of them. All
 * single gradients for a class come from one call of the network.
 *
 * @param input one image, preprocessed
 * @param scores of that image, as the network computes them
 */
export async function explainInput(
  network: ScoreNetwork,
  input: Float32Array,
  { scores }: ClassScores,
  { methods, layers, targets, fill = new Float32Array(input.length), advance = async () => undefined }: ExplainChoice,
): Promise<MethodMaps[]> {
  const places = listPlaces(methods, layers, network.inputShape);
  const gradients = await differentiate(network, input, places, targets);
  const image = { network, input, targets, fill, advance, gradients };
  const explained: MethodMaps[] = [];
  for (const { method, layer } of places) {
    const values = await mapEvidence(method, layer, image);
    const gaps = getMethod(method).isComplete ? await measureCompleteness(network, scores, targets, values) : [];
    const maps = targets.map((target, index): ClassMap => {
      const map = { width: layer.shape[1], height: layer.shape[0], values: values[index] as Float32Array };
      const about = { classIndex: target.classIndex, score: targetScore(target, scores), map };
      const completeness = gaps[index];
      return { ...about, ...compare(method, layer, map, gradients[index]), ...(completeness && { completeness }) };
    });
    explained.push({ method, layer, maps });
  }
  return explained;
}

/** What each method maps: each of the layers, the pixels, or windows of them. */
export function listPlaces(
  methods: readonly MethodName[],
  layers: readonly SpatialLayer[],
  inputShape: readonly number[],
): Pick<MethodMaps, 'method' | 'layer'>[] {
  const own = { input: [pixelsOf(inputShape)], windows: [windowsOf(inputShape)], layer: layers };
  return methods.flatMap((method) => own[getMethod(method).of].map((layer) => ({ method, layer })));
}

/** For each target, all at once. */
async function differentiate(
  network: ScoreNetwork,
  input: Float32Array,
  places: readonly Pick<MethodMaps, 'method' | 'layer'>[],
  targets: readonly ClassTarget[],
): Promise<ScoreGradients[]> {
  const named = places.filter(({ method }) => getMethod(method).of === 'layer').map(({ layer }) => layer.name);
  const needs = (by: string) => {
    return places.some(({ method }) => getMethod(method).of === 'input' && getMethod(method).by === by);
  };
  const asked = { layerNames: [...new Set(named)], input: needs('gradient'), guided: needs('guided-gradient') };
  if (named.length === 0 && !asked.input && !asked.guided) return [];
  const gradients: ScoreGradients[] = [];
  for (const { scoreWeights } of targets) gradients.push(await network.differentiateAll(input, asked, scoreWeights));
  return gradients;
}

/** A method's map of each target. */
async function mapEvidence(name: MethodName, layer: SpatialLayer, image: ImageAtHand): Promise<Float32Array[]> {
  const method = getMethod(name);
  const { network, input, targets, gradients, advance } = image;
  if (method.by === 'perturbation') {
    const activations = gradients[0] && method.of === 'layer' ? evidenceAt(layer, gradients[0]).activations : input;
    return method.map({ ...image, layer, activations });
  }
  if (method.by === 'mean-gradient') {
    const inputs = method.drawInputs(input);
    const maps: Float32Array[] = [];
    for (const { scoreWeights } of targets) {
      const mean = await averageGradients(network, inputs, scoreWeights, advance);
      maps.push(method.map({ shape: layer.shape, activations: input, gradients: mean }));
    }
    return maps;
  }
  return gradients.map((own) => {
    if (method.of === 'layer') return method.map(evidenceAt(layer, own));
    const ofInput = method.by === 'guided-gradient' ? own.guided : own.input;
    return method.map({ shape: layer.shape, activations: input, gradients: ofInput });
  });
}

function evidenceAt({ name, shape }: SpatialLayer, { layers }: ScoreGradients): LayerEvidence {
  const found = layers.find(({ output }) => output.name === name) as ScoreGradients['layers'][number];
  return { shape, activations: found.output.values, gradients: found.gradient };
}

/** With HiResCAM. */
function compare(
  method: MethodName,
  layer: SpatialLayer,
  { values }: Plane,
  gradients: ScoreGradients | undefined,
): Pick<ClassMap, 'agreement' | 'methodsAreEqual'> {
  if (gradients === undefined || getMethod(method).of !== 'layer') return { methodsAreEqual: false };
  const evidence = evidenceAt(layer, gradients);
  const faithful = hiresCam(evidence);
  const agreement = measureAgreement(values, faithful);
  return { ...(agreement !== undefined && { agreement }), methodsAreEqual: areSame(gradCam(evidence), faithful) };
}
