// What a page's script knows of the whole page, as JSON in it. Shared with client/ by type alone.

import type { LayerSettings } from '../engines/contract/layer-settings.js';

export interface PageData {
  /** 256 colors each, rrggbb one after the other */
  ramps: { viridis: string; coolwarm: string };
  /** the two colors that are checkered where there is no number, rrggbb each */
  nonValue: readonly [string, string];
  model: { name: string; weights?: string };
  /** index = class index; empty where they are not known */
  classNames: readonly string[];
  /** how an image becomes the network's input, in words */
  preprocessing: string;
  /** of the input's channels, where there are three */
  inputOrder: 'rgb' | 'bgr';
  /** the input first, then every layer in the network's order */
  network: readonly NetworkLayerData[];
  /** images are shown from frames of a film, which know no more than values */
  isFilm?: boolean;
  /** what the channels did on a folder of images, where that was examined */
  channelReport?: ChannelReportData;
  /** the other network, where two are compared */
  against?: Pick<PageData, 'model' | 'classNames' | 'network'>;
}

/** One layer of the network, whether or not the page has its values. */
export interface NetworkLayerData {
  name: string;
  /** Keras's class name; `InputLayer` for the input */
  kind: string;
  /** without the batch: [height, width, channels] or [units] */
  shape: readonly number[];
  parameterCount: number;
  /** names of the layers that it gets its inputs from, the input's among them */
  inputs: readonly string[];
  settings: LayerSettings;
  /** layers of one block come one after the other */
  block: string;
  /** a max pooling: the layer whose maps its own can be computed from */
  pools?: string;
  /** a Flatten: the layer whose maps its units come from */
  flattens?: string;
  /** what the cells of its maps see of the input, in its pixels; where the page has its maps and that is known */
  field?: { rows: SideField; columns: SideField };
}

/** Of each row or column of cells: the first pixel seen, the first one after the last, and the middle. */
export interface SideField {
  from: readonly number[];
  to: readonly number[];
  middle: readonly number[];
}

export interface ChannelReportData {
  imageCount: number;
  classes: readonly { className: string; imageCount: number }[];
  /** by name */
  layers: Readonly<Record<string, ReportedChannels>>;
}

/** One number a channel each; see ChannelMetrics. */
export interface ReportedChannels {
  state: readonly ('active' | 'dead' | 'nearly-dead' | 'saturated')[];
  /** the class that it separates best from the others */
  tells: readonly (number | null)[];
  /** of that class */
  auc: readonly (number | null)[];
  effectSize: readonly (number | null)[];
  /** 0..1, of all images */
  firing: readonly number[];
  /** the same of each class's images; null where a class has none */
  classFiring: readonly (readonly (number | null)[])[];
}
