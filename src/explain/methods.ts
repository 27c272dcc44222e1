// The methods, by name.

import type { CamMethod } from './cam.js';
import { eigenCam } from './eigen-cam.js';
import { gradCam } from './grad-cam.js';
import { gradCamPlusPlus } from './grad-cam-plus-plus.js';
import { hiresCam } from './hires-cam.js';
import { inputXGradient } from './input-x-gradient.js';
import { layerCam } from './layer-cam.js';
import { saliency } from './saliency.js';

export interface Method {
  /** what its authors call it */
  title: string;
  /** what it maps: the cells of a layer, or the pixels that the network gets */
  of: 'layer' | 'input';
  /** its picture shows evidence against the class too, which that of a CAM cuts off as the papers do */
  isSigned?: true;
  /** what to say where Grad-CAM and HiResCAM give the same map */
  whereEqual?: string;
  /** what is known against it */
  flaw?: string;
  map: CamMethod;
}

const methods = {
  gradcam: { title: 'Grad-CAM', of: 'layer', whereEqual: 'here equal to HiResCAM', map: gradCam },
  'gradcam++': {
    title: 'Grad-CAM++',
    of: 'layer',
    flaw: 'it hardly changes when the layers after it are randomized, so it shows what is there more than what decides.',
    map: gradCamPlusPlus,
  },
  hirescam: { title: 'HiResCAM', of: 'layer', whereEqual: 'here equal to Grad-CAM', map: hiresCam },
  layercam: { title: 'LayerCAM', of: 'layer', map: layerCam },
  eigencam: {
    title: 'Eigen-CAM',
    of: 'layer',
    flaw: 'it knows no class: its map is the same for all of them.',
    map: eigenCam,
  },
  saliency: {
    title: 'Saliency',
    of: 'input',
    flaw: 'it follows the edges of the image even when layers are randomized, and does not distinguish for from against.',
    map: saliency,
  },
  'input-x-gradient': { title: 'Input x gradient', of: 'input', isSigned: true, map: inputXGradient },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods) as MethodName[];

/** Those that map the cells of a layer. */
export const layerMethodNames = methodNames.filter((name) => methods[name].of === 'layer');

/** A method by its name. */
export function getMethod(name: MethodName): Method {
  return methods[name];
}
