// An explained image's picture and arrays.

import type { CellPlaces } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { renderExplanation } from '../rendering/explanation.js';
import { formatShape } from '../rendering/format-shape.js';
import { encodePngInBackground } from '../rendering/png.js';
import { fileNamePart, type ResultFile } from './activation-files.js';
import { encodeNpy } from './npy.js';

/** An image with the maps of some classes, ready to be drawn. */
export interface DrawableExplanation {
  /** of the files' names */
  method: string;
  /** what the method is called */
  title: string;
  /** what the network takes the image for, right or wrong */
  verdict?: string;
  /** names of the image and of the network */
  image: string;
  network: string;
  /** what the picture says of itself to programs, by keyword */
  texts: Readonly<Record<string, string>>;
  layer: { name: string; shape: readonly number[] };
  photograph: Raster;
  classes: readonly DrawableClass[];
  /** where the cells of the maps lie, and that in words */
  cells: CellPlaces;
  cellsSentence: string;
  /** interpolate between the cells' middles */
  smooth: boolean;
  /** what has to be said of the other classes */
  classesSentence?: string;
  /** what has to be said of the method */
  caution?: string;
  npy: boolean;
}

export interface DrawableClass {
  className: string;
  classIndex: number;
  /** 0..1 */
  probability: number;
  isPredicted: boolean;
  /** what the class is to the image, in words, if anything */
  role?: string;
  /** what has to be said besides the picture */
  sentence?: string;
  /** the whole map */
  map: Plane;
  /** the part of it that the picture shows */
  shown: Plane;
}

/** Every file of an explained image: the picture, and the maps as numbers. */
export function drawExplanation(explanation: DrawableExplanation): ResultFile[] {
  const { method, title, verdict, layer, photograph, classes, cells, smooth, caution, npy } = explanation;
  const { cellsSentence, classesSentence } = explanation;
  const picture = renderExplanation({
    title: verdict === undefined ? title : `${title} - ${verdict}`,
    subtitle: `${explanation.image} - ${explanation.network} - ${layer.name} ${formatShape([1, ...layer.shape])}`,
    photograph,
    maps: classes.map(({ className, probability, shown, isPredicted, role }) => ({
      caption: `${className} ${probability.toFixed(4)}${role === undefined ? '' : `, ${role}`}`,
      map: shown,
      isPredicted,
    })),
    cells,
    smooth,
    sentences: [...classes.map(({ sentence }) => sentence), caution, classesSentence, cellsSentence].filter(
      (sentence) => sentence !== undefined,
    ),
  });
  const files: ResultFile[] = [
    {
      name: `${method}.png`,
      content: encodePngInBackground(picture, { ...explanation.texts, Layer: layer.name, Method: title }),
    },
  ];
  if (!npy) return files;
  for (const { className, classIndex, map } of classes) {
    const name = `${method}-${classIndex}-${fileNamePart(className)}.npy`;
    files.push({ name, content: encodeNpy([map.height, map.width], map.values) });
  }
  return files;
}
