// The methods, by name.

import type { CamMethod } from './cam.js';
import { gradCam } from './grad-cam.js';
import { hiresCam } from './hires-cam.js';

interface Method {
  /** what its authors call it */
  title: string;
  /** what to say where both methods give the same map */
  whereEqual: string;
  map: CamMethod;
}

const methods = {
  gradcam: { title: 'Grad-CAM', whereEqual: 'here equal to HiResCAM', map: gradCam },
  hirescam: { title: 'HiResCAM', whereEqual: 'here equal to Grad-CAM', map: hiresCam },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods) as MethodName[];

/** A method by its name. */
export function getMethod(name: MethodName): Method {
  return methods[name];
}
