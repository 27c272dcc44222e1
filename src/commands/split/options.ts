// Its options and defaults.

import { fillDefaults, requireInteger, requireText } from '../../base/arguments.js';
import { requireGroupBy } from '../../dataset/folder/group-by.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { PlacedEvent } from './events.js';

export interface SplitOptions extends WorkflowOptions<PlacedEvent> {
  /** a folder of images named `<class>.<number>.jpg` (or with `_` or `-`), or of class folders; it stays as it is */
  source: string;
  /** where to; it must not exist, or be empty */
  dest: string;
  /** images of each class */
  train?: number;
  /** 0: no validation folder */
  validation?: number;
  /** 0: no test folder */
  test?: number;
  /** draw instead of taking the first ones in numeric order; default: whether there is a seed */
  shuffle?: boolean;
  /** uint32; decides what is drawn; default 1 */
  seed?: number;
  /** what must not lie in two splits: `folder`, or a regular expression for names, as `train` has it */
  groupBy?: string;
  /** hard links instead of copies: no room needed, but a change of one file changes the other */
  link?: boolean;
}

/** The notebook's division: the first 1,000 of each class, the next 500, the next 500. */
export const SPLIT_DEFAULTS = { train: 1000, validation: 500, test: 500, link: false } as const satisfies Partial<
  Omit<SplitOptions, 'source' | 'dest'>
>;

/** Options with every default in its place; `seed` is there if and only if images are drawn. */
export type SplitSettings = Required<Pick<SplitOptions, keyof typeof SPLIT_DEFAULTS | 'source' | 'dest'>> &
  Pick<SplitOptions, 'seed' | 'groupBy'>;

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT for what no data could make good */
export function settleSplitOptions(options: SplitOptions): SplitSettings {
  requireText('source', options.source, 'a folder of images');
  requireText('dest', options.dest, 'the folder to write to');
  const { source, dest, train, validation, test, link, seed, shuffle, groupBy } = fillDefaults(SPLIT_DEFAULTS, options);
  requireInteger('train', train, 1);
  requireInteger('validation', validation, 0);
  requireInteger('test', test, 0);
  if (seed !== undefined) requireInteger('seed', seed, 0, 2 ** 32 - 1);
  if (groupBy !== undefined) requireGroupBy(groupBy);
  const draws = shuffle ?? seed !== undefined;
  const drawing = draws ? { seed: seed ?? 1 } : {};
  return { source, dest, train, validation, test, link, ...drawing, ...(groupBy && { groupBy }) };
}
