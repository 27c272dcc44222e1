// Maps the evidence for some classes, by some methods.

import type { Plane } from '../base/plane.js';
import type { ClassScores, ScoreGradients } from '../engines/contract/engine.js';
import type { ScoreNetwork } from '../engines/contract/scores.js';
import { areSame, measureAgreement } from './agreement.js';
import type { LayerEvidence } from './cam.js';
import { gradCam } from './grad-cam.js';
import { hiresCam } from './hires-cam.js';
import { pixelsOf } from './locate-cells.js';
import { getMethod, type MethodName } from './methods.js';
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
}

/** One method's maps of every class at one place. */
export interface MethodMaps {
  method: MethodName;
  /** the input itself for a method that maps pixels */
  layer: SpatialLayer;
  /** in the order of the targets */
  maps: ClassMap[];
}

/**
 * Maps the evidence for some classes: for each method a map at each of the layers, or one of the pixels. All gradients for a class
 * come from one call of the network.
 *
 * @param input one image, preprocessed
 * @param scores of that image, as the network computes them
 */
export async function explainInput(
  network: ScoreNetwork,
  input: Float32Array,
  { scores }: ClassScores,
  choice: { layers: readonly SpatialLayer[]; targets: readonly ClassTarget[]; methods: readonly MethodName[] },
): Promise<MethodMaps[]> {
  const pixels = pixelsOf(network.inputShape);
  const explained = choice.methods.flatMap((method): MethodMaps[] => {
    const layers = getMethod(method).of === 'input' ? [pixels] : choice.layers;
    return layers.map((layer) => ({ method, layer, maps: [] }));
  });
  const layerNames = [...new Set(explained.map(({ layer }) => layer))].filter((layer) => layer !== pixels);
  const places = {
    layerNames: layerNames.map(({ name }) => name),
    input: explained.some(({ layer }) => layer === pixels),
  };
  for (const target of choice.targets) {
    const gradients = await network.differentiateAll(input, places, target.scoreWeights);
    const score = targetScore(target, scores);
    for (const { method, layer, maps } of explained) {
      const evidence = layer === pixels ? evidenceOfInput(input, pixels, gradients) : evidenceAt(layer, gradients);
      maps.push({ classIndex: target.classIndex, score, ...mapEvidence(method, evidence) });
    }
  }
  return explained;
}

function evidenceOfInput(input: Float32Array, { shape }: SpatialLayer, gradients: ScoreGradients): LayerEvidence {
  return { shape, activations: input, gradients: gradients.input };
}

function evidenceAt({ name, shape }: SpatialLayer, { layers }: ScoreGradients): LayerEvidence {
  const found = layers.find(({ output }) => output.name === name) as ScoreGradients['layers'][number];
  return { shape, activations: found.output.values, gradients: found.gradient };
}

function mapEvidence(
  name: MethodName,
  evidence: LayerEvidence,
): Pick<ClassMap, 'map' | 'agreement' | 'methodsAreEqual'> {
  const { map: method, of } = getMethod(name);
  const [height, width] = evidence.shape;
  const values = method(evidence);
  const map = { width, height, values };
  if (of === 'input') return { map, methodsAreEqual: false };
  const faithful = hiresCam(evidence);
  const agreement = measureAgreement(values, faithful);
  return {
    map,
    ...(agreement !== undefined && { agreement }),
    methodsAreEqual: areSame(gradCam(evidence), faithful),
  };
}
