// Its options and their defaults.

import { fillDefaults, requireInteger, requireText } from '../../base/arguments.js';
import type { WorkflowOptions } from '../shared/events.js';

export interface CheckOptions extends WorkflowOptions {
  /** folder with train/, validation/ and test/, or with the class folders themselves */
  data: string;
  /** images will be rotated by their EXIF orientation: images that are stored rotated are then no reason for a warning */
  autoOrient?: boolean;
  /** how many images are named for each finding, 1 to 10,000 */
  examples?: number;
  /** a folder for a contact sheet of each class */
  out?: string;
}

export const CHECK_DEFAULTS = { autoOrient: false, examples: 10 } as const satisfies Partial<CheckOptions>;

/** Options with every default in its place. */
export type CheckSettings = CheckOptions & Required<Pick<CheckOptions, keyof typeof CHECK_DEFAULTS>>;

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function settleCheckOptions(options: CheckOptions): CheckSettings {
  const settings = fillDefaults(CHECK_DEFAULTS, options);
  requireText('data', settings.data, 'a folder of images');
  requireInteger('examples', settings.examples, 1, 10_000);
  if (settings.out !== undefined) requireText('out', settings.out, 'a folder');
  return settings;
}
