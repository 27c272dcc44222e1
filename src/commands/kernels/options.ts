// Its options and defaults.

import { fillDefaults, requireText } from '../../base/arguments.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { ModelOptions } from '../shared/model-options.js';
import type { KernelsEvent } from './events.js';

export interface KernelsOptions extends Omit<ModelOptions, 'backend'>, WorkflowOptions<KernelsEvent> {
  /** also write the kernels themselves, as NumPy reads them: [height, width, input channels, filters] */
  npy?: boolean;
  /** results folder */
  out?: string;
}

export const KERNELS_DEFAULTS = {
  npy: false,
  model: 'runs/latest',
  out: 'kernels',
} as const satisfies Partial<KernelsOptions>;

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function settleKernelsOptions(
  options: KernelsOptions,
): KernelsOptions & Required<Omit<KernelsOptions, 'weights' | 'onEvent' | 'signal'>> {
  const settings = fillDefaults(KERNELS_DEFAULTS, options);
  requireText('out', settings.out, 'a folder');
  return settings;
}
