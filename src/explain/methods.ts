// The methods, by name.

import { ablationCam } from './ablation-cam.js';
import type { CamMethod, PerturbingMap } from './cam.js';
import { eigenCam } from './eigen-cam.js';
import { gradCam } from './grad-cam.js';
import { gradCamPlusPlus } from './grad-cam-plus-plus.js';
import { guidedBackpropagation } from './guided-backpropagation.js';
import { hiresCam } from './hires-cam.js';
import { inputXGradient } from './input-x-gradient.js';
import { integratedGradients, integratedSteps, walkFromZero } from './integrated-gradients.js';
import { layerCam } from './layer-cam.js';
import { occlusion } from './occlusion.js';
import { maskCount, rise } from './rise.js';
import { saliency } from './saliency.js';
import { scoreCam } from './score-cam.js';
import { addNoise, noiseSamples, smoothGrad } from './smooth-grad.js';

export type Method = MethodText & MethodSource;

interface MethodText {
  /** what its authors call it */
  title: string;
  /** what it maps: the cells of a layer, the pixels that the network gets, or windows of them */
  of: 'layer' | 'input' | 'windows';
  /** its picture shows evidence against the class too, which that of a CAM cuts off as the papers do */
  isSigned?: true;
  /** what to say where Grad-CAM and HiResCAM give the same map */
  whereEqual?: string;
  /** what is known against it */
  flaw?: string;
  /** its map adds up to what the score gains from an input of 0 to the image */
  isComplete?: true;
}

/** What a map is made from. */
export type MethodSource =
  /** one gradient for a class, by guided backpropagation or not: those of all such methods come from one call of the network */
  | { by: 'gradient' | 'guided-gradient'; map: CamMethod }
  /** the mean gradient of inputs that are made of the image's */
  | { by: 'mean-gradient'; runs: number; drawInputs: (input: Float32Array) => Float32Array[]; map: CamMethod }
  /** how the scores change where parts are replaced; runs: of the network, without those for each channel or window */
  | { by: 'perturbation'; runs?: number; map: PerturbingMap };

const edgesFlaw =
  'it follows the edges of the image even when layers are randomized, and does not distinguish for from against.';

const methods = {
  gradcam: { title: 'Grad-CAM', of: 'layer', by: 'gradient', whereEqual: 'here equal to HiResCAM', map: gradCam },
  'gradcam++': {
    title: 'Grad-CAM++',
    of: 'layer',
    by: 'gradient',
    flaw: 'it hardly changes when the layers after it are randomized, so it shows what is there more than what decides.',
    map: gradCamPlusPlus,
  },
  hirescam: { title: 'HiResCAM', of: 'layer', by: 'gradient', whereEqual: 'here equal to Grad-CAM', map: hiresCam },
  layercam: { title: 'LayerCAM', of: 'layer', by: 'gradient', map: layerCam },
  eigencam: {
    title: 'Eigen-CAM',
    of: 'layer',
    by: 'gradient',
    flaw: 'it knows no class: its map is the same for all of them.',
    map: eigenCam,
  },
  scorecam: { title: 'Score-CAM', of: 'layer', by: 'perturbation', map: scoreCam },
  ablationcam: { title: 'Ablation-CAM', of: 'layer', by: 'perturbation', map: ablationCam },
  saliency: { title: 'Saliency', of: 'input', by: 'gradient', flaw: edgesFlaw, map: saliency },
  'input-x-gradient': {
    title: 'Input x gradient',
    of: 'input',
    by: 'gradient',
    isSigned: true,
    map: inputXGradient,
  },
  smoothgrad: {
    title: 'SmoothGrad',
    of: 'input',
    by: 'mean-gradient',
    runs: noiseSamples,
    drawInputs: addNoise,
    flaw: edgesFlaw,
    map: smoothGrad,
  },
  'integrated-gradients': {
    title: 'Integrated gradients',
    of: 'input',
    by: 'mean-gradient',
    runs: integratedSteps,
    drawInputs: walkFromZero,
    isSigned: true,
    isComplete: true,
    map: integratedGradients,
  },
  guided: {
    title: 'Guided backpropagation',
    of: 'input',
    by: 'guided-gradient',
    flaw: 'it fails the randomization check: it hardly changes when the layers that decide are randomized, so it shows what is there.',
    map: guidedBackpropagation,
  },
  occlusion: { title: 'Occlusion', of: 'windows', by: 'perturbation', isSigned: true, map: occlusion },
  rise: { title: 'RISE', of: 'input', by: 'perturbation', runs: maskCount, isSigned: true, map: rise },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods) as MethodName[];

/** Those that map the cells of a layer by one gradient. */
export const layerMethodNames = methodNames.filter((name) => {
  const { of, by } = methods[name];
  return of === 'layer' && by === 'gradient';
});

/** Whether a method runs the network on images of which pixels are replaced. */
export function hidesPixels(name: MethodName): boolean {
  return methods[name].by === 'perturbation' && name !== 'ablationcam';
}

/** A method by its name. */
export function getMethod(name: MethodName): Method {
  return methods[name];
}
