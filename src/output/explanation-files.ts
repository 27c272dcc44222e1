// An explained image's picture and arrays.

import type { CellPlaces } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { renderExplanation } from '../rendering/explanation.js';
import { formatShape } from '../rendering/format-shape.js';
import { encodePngInBackground } from '../rendering/png.js';
import { fileNamePart, type ResultFile } from './activation-files.js';
import { encodeNpy } from './npy.js';

/** An explained image. */
export interface DrawableImage {
  /** what the network takes the image for, right or wrong */
  verdict?: string;
  /** names of the image and of the network */
  image: string;
  network: string;
  /** what the picture says of itself to programs, by keyword */
  texts: Readonly<Record<string, string>>;
  photograph: Raster;
  /** what has to be said of the other classes */
  classesSentence?: string;
  npy: boolean;
}

/** The maps of some classes by one method at one layer, ready to be drawn. */
export interface DrawableExplanation {
  /** of the files' names */
  method: string;
  /** what the method is called */
  title: string;
  layer: { name: string; shape: readonly number[] };
  /** whether the same method explains at other layers, too */
  isAmongLayers: boolean;
  classes: readonly DrawableClass[];
  /** where the cells of the maps lie, and that in words */
  cells: CellPlaces;
  cellsSentence: string;
  /** interpolate between the cells' middles */
  smooth: boolean;
  /** what has to be said of the method */
  caution?: string;
  /** what has to be known to read the maps */
  remarks: readonly string[];
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

/** Every file of an explained image: a picture for each method and layer, of several one of all of them, and the maps as numbers. */
export function drawExplanations(explanations: readonly DrawableExplanation[], image: DrawableImage): ResultFile[] {
  const files = explanations.flatMap((explanation) => drawExplanation(explanation, image));
  return explanations.length === 1 ? files : [drawComparison(explanations, image), ...files];
}

function drawExplanation(explanation: DrawableExplanation, image: DrawableImage): ResultFile[] {
  const { title, layer, classes, cells, smooth } = explanation;
  const { photograph, classesSentence } = image;
  const picture = renderExplanation({
    title: titleOf(title, image),
    subtitle: `${image.image} - ${image.network} - ${layer.name} ${formatShape([1, ...layer.shape])}`,
    photograph,
    maps: classes.map(({ className, probability, shown, isPredicted, role }) => ({
      caption: `${className} ${probability.toFixed(4)}${role === undefined ? '' : `, ${role}`}`,
      ...{ map: shown, cells, smooth, isPredicted },
    })),
    sentences: [
      ...classes.map(({ sentence }) => sentence),
      ...[explanation.caution, ...explanation.remarks, classesSentence, explanation.cellsSentence],
    ].filter((sentence) => sentence !== undefined),
  });
  const name = nameFiles(explanation);
  const texts = { ...image.texts, Layer: layer.name, Method: title };
  const files: ResultFile[] = [{ name: `${name}.png`, content: encodePngInBackground(picture, texts) }];
  if (!image.npy) return files;
  for (const { className, classIndex, map } of classes) {
    const content = encodeNpy([map.height, map.width], map.values);
    files.push({ name: `${name}-${classIndex}-${fileNamePart(className)}.npy`, content });
  }
  return files;
}

function nameFiles({ method, layer, isAmongLayers }: DrawableExplanation): string {
  return isAmongLayers ? `${method}-${fileNamePart(layer.name)}` : method;
}

function titleOf(title: string, { verdict }: DrawableImage): string {
  return verdict === undefined ? title : `${title} - ${verdict}`;
}

/** The maps of the predicted class by all methods; of the first class where the predicted one is not among those explained. */
function drawComparison(explanations: readonly DrawableExplanation[], image: DrawableImage): ResultFile {
  const shown = explanations.map(({ title, layer, classes, cells, smooth }) => {
    const own = (classes.find(({ isPredicted }) => isPredicted) ?? classes[0]) as DrawableClass;
    return { title, layer, cells, smooth, own };
  });
  const { className, probability } = (shown[0] as (typeof shown)[number]).own;
  const picture = renderExplanation({
    title: titleOf('Methods compared', image),
    subtitle: `${image.image} - ${image.network} - evidence for ${className} ${probability.toFixed(4)}`,
    photograph: image.photograph,
    maps: shown.map(({ title, layer, cells, smooth, own }) => ({
      caption: `${title}, ${layer.name}`,
      ...{ map: toUnit(own.shown), cells, smooth, isPredicted: false },
    })),
    sentences: ['Each map is on its own scale: 1 is its largest value.'],
  });
  return { name: 'methods.png', content: encodePngInBackground(picture, image.texts) };
}

/** The map with 1 as its largest size. */
function toUnit(map: Plane): Plane {
  const largest = map.values.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  return largest === 0 ? map : { ...map, values: map.values.map((value) => value / largest) };
}
