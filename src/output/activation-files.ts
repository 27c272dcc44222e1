// A layer's pictures and arrays.

import type { Plane, PlaneStatistics } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { renderChannel } from '../rendering/channel.js';
import { combineRanges } from '../rendering/channel-tile.js';
import type { ColormapName } from '../rendering/colormap.js';
import { arrangeLayer, type Frame, frameOf } from '../rendering/frame.js';
import { renderLayerGrid } from '../rendering/grid.js';
import type { Scaling } from '../rendering/normalize.js';
import { encodePngInBackground } from '../rendering/png.js';
import { type NamedProbability, renderProbabilities } from '../rendering/probabilities.js';
import { arrangeRanking, renderRanking } from '../rendering/ranking.js';
import type { RankedRow } from '../rendering/ranking-table.js';
import { encodeNpy } from './npy.js';
import { shortenName } from './picture-source.js';
import { isCrowded, renderStrongest, tilesAtMost } from './strongest-channels.js';

/** What a layer put out, ready to be drawn. */
export interface DrawableLayer {
  name: string;
  /** with the batch's 1 in front */
  shape: number[];
  values: Float32Array;
  /** one a channel; of 1 x 1 where the layer has units */
  planes: Plane[];
  /** of a Flatten: the shape of the maps that its units come from */
  flattened?: readonly number[] | null;
  /** of the layer that gives the network's probabilities */
  classes?: readonly NamedProbability[];
}

/** What every picture of an image says of where it comes from. */
export interface Subject {
  /** the image's file name */
  image: string;
  photograph: Raster;
  /** what the network takes the image for, and whether it is right, in words */
  verdict?: string;
  /** the network's run or file, and the epoch, in words */
  network: string;
  /** the same for programs, by keyword */
  texts: Readonly<Record<string, string>>;
}

/** What is to be said of a layer and its channels. */
export interface LayerWords {
  caption: string;
  /** of each channel */
  channels: readonly (PlaneStatistics & { caption: string; contribution?: number })[];
  /** the channels that are shown in their order of rank as well */
  top?: readonly RankedRow[];
  /** by what they were ranked */
  rankedBy?: string;
  /** the image that it was put out for */
  subject: Subject;
}

export interface DrawingOptions {
  /** of all pictures of the call */
  frame: Frame;
  /** tiles per row */
  columns: number;
  /** pixels */
  tile: number;
  colormap: ColormapName;
  /** to be written large as well, from 0; every layer with maps has them */
  channels: readonly number[];
  npy: boolean;
}

/** The width and text size that all grids and rankings of these layers share. @param top channels a ranking; absent: none */
export function planFrame(
  layers: readonly { shape: readonly number[]; flattened?: readonly number[] | null }[],
  { columns, tile, top }: Pick<DrawingOptions, 'columns' | 'tile'> & { top?: number | undefined },
): Frame {
  const grids = layers.map((layer) =>
    isCrowded(layer.shape)
      ? arrangeRanking(layer.shape, { count: tilesAtMost, tile, columns })
      : arrangeLayer(layer, { columns, tile }),
  );
  const rankings = layers.map(({ shape }) => arrangeRanking(shape, { count: top ?? 0, tile: rankingScale * tile }));
  return frameOf(top === undefined ? grids : [...grids, ...rankings]);
}

export interface ResultFile {
  name: string;
  /** perhaps still in the making */
  content: Uint8Array | Promise<Uint8Array>;
}

/** Fewer tiles than the grid has: there is room for larger ones. */
const rankingScale = 2;

/** Longest side that a channel on its own comes near to, pixels. */
const largeSize = 600;

/**
 * Every file of one layer: the picture of all its channels, its strongest ones, single channels, the numbers.
 *
 * @param position of the layer in its network, from 1: the files of one layer have one name whatever else was chosen
 */
export function drawLayer(
  layer: DrawableLayer & LayerWords,
  position: number,
  scaling: Scaling,
  options: DrawingOptions,
): ResultFile[] {
  const { name, shape, planes, values, channels: statistics, caption, flattened = null, classes } = layer;
  const { columns, tile, colormap, frame } = options;
  const base = fileBase(name, position);
  const { photograph } = layer.subject;
  const picture = {
    title: `${name}${aboutSubject(layer.subject)}`,
    planes,
    statistics,
    scaling,
    colormap,
    frame,
    photograph,
  };
  const encode = (raster: Raster) => encodePngInBackground(raster, textsOf(layer, scaling));
  const grid = isCrowded(shape.slice(1))
    ? renderStrongest({ ...picture, columns, tile, sentences: [caption] })
    : classes === undefined
      ? renderLayerGrid({ ...picture, shape, columns, tile, flattened, sentences: [caption] })
      : renderProbabilities({ ...picture, shape, classes });
  const files: ResultFile[] = [{ name: `${base}.png`, content: encode(grid) }];
  const { top = [], rankedBy = '' } = layer;
  if (top.length > 0) {
    const subtitle = `the ${top.length} strongest of ${planes.length} by ${rankedBy}`;
    const signed = statistics[0]?.contribution !== undefined;
    const ranking = renderRanking({
      ...{ ...picture, subtitle, signed, ranked: top, by: rankedBy },
      ...{ tile: rankingScale * tile, sentences: [caption] },
    });
    files.push({ name: `${base}-top.png`, content: encode(ranking) });
  }
  if (shape.length === 4) files.push(...drawChannels(layer, base, scaling, options));
  if (options.npy) files.push({ name: `${base}.npy`, content: encodeNpy(shape, values) });
  return files;
}

/** How the title of a layer or a channel goes on: ` of cat.4074.jpg - cats 0.9860, right - run8, epoch 8`. */
export function aboutSubject({ image, verdict, network }: Subject): string {
  return [` of ${shortenName(image)}`, ...(verdict === undefined ? [] : [verdict]), network].join(' - ');
}

function textsOf({ name, subject }: DrawableLayer & LayerWords, scaling: Scaling): Record<string, string> {
  const scale = typeof scaling === 'string' ? scaling : `${scaling.min} to ${scaling.max}`;
  return { ...subject.texts, Layer: name, Scale: scale };
}

function drawChannels(
  layer: DrawableLayer & LayerWords,
  base: string,
  scaling: Scaling,
  { channels: numbers, colormap }: DrawingOptions,
): ResultFile[] {
  const { name, planes, channels, subject, values } = layer;
  const range = combineRanges(channels, values.length / channels.length);
  return numbers.map((channel) => {
    const { caption, ...statistics } = channels[channel] as LayerWords['channels'][number];
    const picture = renderChannel({
      ...{ title: name, about: aboutSubject(subject), channel, plane: planes[channel] as Plane, statistics },
      layer: range,
      sentences: [caption],
      // The layer's scale is for comparing channels; one on its own shows its own range, in numbers.
      ...{ scaling: scaling === 'layer' ? 'minmax' : scaling, size: largeSize, colormap },
    });
    return { name: `${base}-channel-${channel}.png`, content: encodePngInBackground(picture, textsOf(layer, scaling)) };
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
