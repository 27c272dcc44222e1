import type { Plane, PlaneStatistics } from '../plane.js';
import { renderChannel } from '../rendering/channel.js';
import type { ColormapName } from '../rendering/colormap.js';
import { renderLayerGrid } from '../rendering/grid.js';
import type { Normalization } from '../rendering/normalize.js';
import { encodePng } from '../rendering/png.js';
import { encodeNpy } from './npy.js';

/** What a layer put out, ready to be drawn. */
export interface DrawableLayer {
  name: string;
  /** with the batch's 1 in front */
  shape: number[];
  values: Float32Array;
  /** one a channel; of 1 x 1 where the layer has units */
  planes: Plane[];
}

export interface DrawingOptions {
  normalize: Normalization;
  /** tiles a row */
  columns: number;
  /** pixels */
  tile: number;
  colormap: ColormapName;
  /** to be written large as well, from 0; every layer with maps has them */
  channels: readonly number[];
  npy: boolean;
}

export interface ResultFile {
  name: string;
  content: Uint8Array;
}

export interface DrawnLayer {
  files: ResultFile[];
  /** of each channel */
  statistics: PlaneStatistics[];
}

/** Longest side that a channel on its own comes near to, pixels. */
const largeSize = 600;

/**
 * Every file of one layer: the picture of all its channels, single channels, the numbers.
 *
 * @param position of the layer in its network, from 1: the files of one layer have one name whatever else was chosen
 */
export function drawLayer(layer: DrawableLayer, position: number, options: DrawingOptions): DrawnLayer {
  const { name, shape, planes, values } = layer;
  const { normalize, columns, tile, colormap } = options;
  const base = fileBase(name, position);
  const grid = renderLayerGrid({ title: name, shape, planes, normalize, columns, tile, colormap });
  const files = [{ name: `${base}.png`, content: encodePng(grid.raster) }];
  if (shape.length === 4) files.push(...drawChannels(layer, base, options));
  if (options.npy) files.push({ name: `${base}.npy`, content: encodeNpy(shape, values) });
  return { files, statistics: grid.channels };
}

function drawChannels({ name, planes }: DrawableLayer, base: string, options: DrawingOptions): ResultFile[] {
  const { colormap } = options;
  // The layer's scale is for comparing channels; one on its own shows its own range, in numbers.
  const normalize = options.normalize === 'layer' ? 'minmax' : options.normalize;
  return options.channels.map((channel) => {
    const plane = planes[channel] as Plane;
    const { raster } = renderChannel({ title: name, channel, plane, normalize, size: largeSize, colormap });
    return { name: `${base}-channel-${channel}.png`, content: encodePng(raster) };
  });
}

/** `01-conv2d_1` */
export function fileBase(layerName: string, position: number): string {
  return `${String(position).padStart(2, '0')}-${fileNamePart(layerName)}`;
}

/** A name as part of a file's name: what no file name may hold becomes an underscore. */
export function fileNamePart(name: string): string {
  return name.replace(/[^\w.-]/g, '_');
}
