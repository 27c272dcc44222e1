// The methods, by name.

import type { CamMethod } from './cam.js';
import { gradCam } from './grad-cam.js';
import { hiresCam } from './hires-cam.js';

const methods = {
  gradcam: { title: 'Grad-CAM', map: gradCam },
  hirescam: { title: 'HiResCAM', map: hiresCam },
} as const satisfies Record<string, { title: string; map: CamMethod }>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods) as MethodName[];

/** A method and what its authors call it. */
export function getMethod(name: MethodName): { title: string; map: CamMethod } {
  return methods[name];
}
