// The patches and dreams of a network's channels, where its run holds them, as small pictures for the page.

import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { createRaster, type Raster, rasterFromPixels } from '../../base/raster.js';
import { lookAtPhotograph } from '../../dataset/decode/decode.js';
import { readJson } from '../../disk/read-file.js';
import { checkContent } from '../../disk/schema.js';
import { dreamFolderSchema } from '../../dream/dream-schema.js';
import { identifyModel } from '../../network/identify-model.js';
import type { DreamData, PatchesData, PicturesData } from '../../page/pictures-data.js';
import { readDrawnPatches } from '../../patches/read-drawn.js';
import { encodeJpeg } from '../../rendering/jpeg.js';
import { describeRecipe } from '../dream/recipe.js';
import { placeInRun } from '../shared/channel-report.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';

/** Characters that the pictures of either kind take at most. */
const BUDGET = 350_000;
/** Patches of a channel, side by side, and pixels of a side of each: on their sheet, and on the page. */
const [columns, patchSize, shownSize] = [9, 72, 54];
/** Pixels of a dream's longer side. */
const dreamSize = 128;

/** Only what lies in the run, and belongs to these weights. What cannot be read is left out: nobody has asked for it. */
export async function findChannelPictures(found: LocatedNetwork, trained: TrainedNetwork): Promise<PicturesData> {
  if (found.run === undefined) return { patches: [], dreams: [] };
  const identity = await identifyModel(found.modelPath);
  const [patches, dreams] = await Promise.all([
    unlessUnreadable(readPatches(placeInRun(found, 'patches'), identity)),
    unlessUnreadable(readDreams(placeInRun(found, 'dreams'), identity, trained)),
  ]);
  return { patches, dreams };
}

async function unlessUnreadable<Item>(work: Promise<Item[]>): Promise<Item[]> {
  return work.catch((error: unknown) => {
    if (error instanceof CnnvizError) return [];
    throw error;
  });
}

/** The patches that the sheets of `cnnviz patches` show: of every layer the first channels, as far as its part of the room goes. */
async function readPatches(folder: string, identity: string): Promise<PatchesData[]> {
  const { model, layers } = await readDrawnPatches(folder);
  if (model.identity !== identity) return [];
  const kept: PatchesData[] = [];
  // A max pooling responds most where the layer that it pools does: the page shows that one's.
  const own = layers.filter(({ kind }) => kind !== 'MaxPooling2D');
  for (const { name, channels } of own) {
    const fits = createRoom(BUDGET / own.length);
    const sheets = new Map<string, Raster>();
    for (const { channel, sheet, patches } of channels) {
      const shown = patches.filter(({ tile }) => tile !== null).slice(0, columns);
      if (sheet === null || shown.length === 0) continue;
      const picture = sheets.get(sheet) ?? (await readPicture(join(folder, sheet)));
      sheets.set(sheet, picture);
      const tiles = shown.map(({ tile }) => tile as Tile);
      const jpeg = await encode(layOut(picture, tiles), columns * shownSize);
      if (!fits(jpeg.length)) break;
      const about = { values: shown.map(({ value }) => value), classNames: shown.map(({ className }) => className) };
      kept.push({ layer: name, channel, ...about, jpeg });
    }
  }
  return kept;
}

async function readDreams(folder: string, identity: string, trained: TrainedNetwork): Promise<DreamData[]> {
  const refuse = (reason: string) => new CnnvizError('BAD_ARGUMENT', reason);
  const content = await readJson(join(folder, 'manifest.json'), refuse);
  const { recipe, options, dreams } = checkContent(dreamFolderSchema, content, refuse);
  if (recipe !== describeRecipe(identity, trained, options)) return [];
  const ofChannels = dreams.filter(({ layer }) => layer !== null);
  const fits = createRoom(BUDGET);
  const kept: DreamData[] = [];
  for (const { layer, index, file, reached } of ofChannels) {
    const jpeg = await encode(await readPicture(join(folder, file)), dreamSize);
    if (!fits(jpeg.length)) break;
    kept.push({ layer: layer as string, channel: index, reached: reached.mean, jpeg });
  }
  return kept;
}

/** Characters that may still be taken. */
function createRoom(characters: number): (length: number) => boolean {
  let left = characters;
  return (length) => {
    left -= length;
    return left >= 0;
  };
}

interface Tile {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Patches side by side, each in the middle of its square. */
function layOut(sheet: Raster, tiles: readonly Tile[]): Raster {
  const picture = createRaster(columns * patchSize, patchSize, [226, 226, 232]);
  tiles.forEach(({ left, top, width, height }, index) => {
    const [x, y] = [index * patchSize + ((patchSize - width) >> 1), (patchSize - height) >> 1];
    for (let row = 0; row < height; row++) {
      const from = ((top + row) * sheet.width + left) * 4;
      picture.data.set(sheet.data.subarray(from, from + width * 4), ((y + row) * picture.width + x) * 4);
    }
  });
  return picture;
}

function readPicture(path: string): Promise<Raster> {
  return lookAtPhotograph(path, false, ({ data, width, height }) => rasterFromPixels(data, width, height, 3));
}

async function encode(picture: Raster, size: number): Promise<string> {
  return Buffer.from((await encodeJpeg(picture, size)).bytes).toString('base64');
}
