// Maps the evidence for some classes at one layer.

import type { Plane } from '../base/plane.js';
import type { ClassScores } from '../engines/contract/engine.js';
import type { ScoreNetwork } from '../engines/contract/scores.js';
import { areSame, measureAgreement } from './agreement.js';
import type { CamMethod } from './cam.js';
import { gradCam } from './grad-cam.js';
import { hiresCam } from './hires-cam.js';
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

/**
 * Maps the evidence for some classes at one layer.
 *
 * @param input one image, preprocessed
 * @param scores of that image, as the network computes them
 */
export async function explainInput(
  network: ScoreNetwork,
  input: Float32Array,
  { scores }: ClassScores,
  choice: { layer: SpatialLayer; targets: readonly ClassTarget[]; method: CamMethod },
): Promise<ClassMap[]> {
  const { name, shape } = choice.layer;
  const [height, width] = shape;
  const maps: ClassMap[] = [];
  for (const target of choice.targets) {
    const { output, gradient } = await network.differentiate(input, name, target.scoreWeights);
    const evidence = { shape, activations: output.values, gradients: gradient };
    const values = choice.method(evidence);
    const faithful = hiresCam(evidence);
    const agreement = measureAgreement(values, faithful);
    maps.push({
      classIndex: target.classIndex,
      score: targetScore(target, scores),
      map: { width, height, values },
      ...(agreement !== undefined && { agreement }),
      methodsAreEqual: areSame(gradCam(evidence), faithful),
    });
  }
  return maps;
}
