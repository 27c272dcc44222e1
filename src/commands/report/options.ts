// Its options and defaults.

import type { LayerSelection } from '../../activations/select-layers.js';
import { fillDefaults, requireInteger, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { type MethodName, methodNames } from '../../explain/methods.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { ModelOptions, OrientationOptions } from '../shared/model-options.js';

export interface ReportOptions extends ModelOptions, OrientationOptions, WorkflowOptions {
  /** image files, or folders of them: all on one page */
  images: readonly string[];
  /** the first N layers, layers by name, or "all"; default: every layer before Flatten */
  layers?: LayerSelection;
  /** how evidence is measured */
  method?: MethodName;
  /** results of `cnnviz channels` with this network; default: those that lie in its run, if there are any */
  channelReport?: string;
  /** the page's file, replaced if it is there */
  out?: string;
}

export const REPORT_DEFAULTS = {
  out: 'report.html',
  method: 'gradcam',
  model: 'runs/latest',
  backend: 'auto',
} as const satisfies Partial<ReportOptions>;

/** Options with every default in its place. */
export type ReportSettings = ReportOptions &
  Required<Omit<ReportOptions, 'layers' | 'weights' | 'autoOrient' | 'channelReport' | 'onEvent' | 'signal'>>;

/** Fills in the defaults. Throws BAD_ARGUMENT for what no model and no image could make good. */
export function settleReportOptions(options: ReportOptions): ReportSettings {
  const settings = fillDefaults(REPORT_DEFAULTS, options);
  const { images, layers, method, out } = settings;
  if (images.length === 0) throw badArgument('images', 'at least one image file or folder', 'none');
  if (typeof layers === 'number') requireInteger('layers', layers, 1);
  if (Array.isArray(layers) && layers.length === 0) throw badArgument('layers', 'a count, layer names or "all"', '');
  if (settings.channelReport !== undefined) requireText('channelReport', settings.channelReport, 'a folder or file');
  requireOneOf('method', method, methodNames);
  requireText('out', out, 'a file');
  return settings;
}
