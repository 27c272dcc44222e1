// What a page of a film needs to know besides its frames: it stays the same from epoch to epoch.

import { basename, dirname } from 'node:path';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { FilmLayer, ProbeImages } from '../../film/probe-images.js';
import type { RunRecord } from '../../runs/run.js';
import { nameBlocks } from '../name-blocks.js';
import type { NetworkLayerData } from '../page-data.js';
import { drawProbePictures } from '../time/read-run-state.js';

export interface FilmPage {
  probe: ProbeImages;
  preprocessing: Preprocessing;
  /** index = class index */
  classNames: readonly string[];
  /** the input first, then every layer in the network's order */
  network: readonly NetworkLayerData[];
  parameterCount: number;
  /** of the probe's images, in order */
  images: readonly FilmPageImage[];
}

export interface FilmPageImage {
  name: string;
  /** as the network gets it: a data address */
  picture: string;
  /** the class that its folder is named after, where it is */
  trueClass?: string;
}

/** Of the picture beside a map, pixels. */
const pictureSize = 512;

export async function describeFilm(probe: ProbeImages, record: RunRecord): Promise<FilmPage> {
  const { preprocessing, classNames, model } = record;
  const pictures = await drawProbePictures(probe, pictureSize);
  const images = probe.images.map(({ path }, index) => {
    const trueClass = findTrueClass(path, classNames);
    return { ...(pictures[index] as (typeof pictures)[number]), ...(trueClass !== undefined && { trueClass }) };
  });
  const network = describeLayers(probe.network ?? listLayers(record));
  return { probe, preprocessing, classNames, network, parameterCount: model.parameterCount, images };
}

/** File systems spell a name with an accent in two ways. */
function findTrueClass(path: string, classNames: readonly string[]): string | undefined {
  const folder = basename(dirname(path)).normalize('NFC');
  return classNames.find((name) => name.normalize('NFC') === folder);
}

/** How a layer is computed is no part of a film. */
function describeLayers([input, ...layers]: readonly FilmLayer[]): NetworkLayerData[] {
  if (input === undefined) return [];
  const blocks = nameBlocks(layers);
  return [
    { ...input, settings: {}, block: input.name },
    ...layers.map((layer, index) => ({ ...layer, settings: {}, block: blocks[index] as string })),
  ];
}

/** What run.json says of the layers, for a film that says nothing of them. */
function listLayers({ model, preprocessing }: RunRecord): FilmLayer[] {
  const { height, width, channels = 3 } = preprocessing;
  const layers = model.layers
    .filter(({ kind }) => kind !== 'InputLayer')
    .map(({ name, kind, outputShape: [, ...shape], parameterCount }) => {
      return { name, kind, shape: shape.map((side) => side ?? 1), parameterCount, inputs: [] };
    });
  const name = layers.some((layer) => layer.name === 'input') ? 'network input' : 'input';
  return [{ name, kind: 'InputLayer', shape: [height, width, channels], parameterCount: 0, inputs: [] }, ...layers];
}
