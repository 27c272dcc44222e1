// The patches and dreams of a network's channels, where its run holds them, as small pictures for the page.

import { existsSync } from 'node:fs';
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
import { PATCH_SIZE } from '../../rendering/patch-sheet.js';
import { describeRecipe } from '../dream/recipe.js';
import { placeInRun } from '../shared/channel-report.js';
import type { EventListener } from '../shared/events.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';

/** Characters that the pictures of either kind take at most. */
const BUDGET = 350_000;
/** Patches of a channel, side by side, and pixels of a side of each on the page. */
const [columns, shownSize] = [9, 54];
/** Pixels of a dream's longer side. */
const dreamSize = 128;

/** Only what lies in the run, and belongs to these weights. What is there but cannot be read is a warning: the page is about more. */
export async function findChannelPictures(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  onEvent: EventListener,
): Promise<PicturesData> {
  if (found.run === undefined) return { patches: [], dreams: [] };
  const identity = await identifyModel(found.modelPath);
  const readFrom = async <Item>(name: string, read: (folder: string) => Promise<Item[]>): Promise<Item[]> => {
    const folder = placeInRun(found, name);
    if (!existsSync(folder)) return [];
    return read(folder).catch((error: unknown) => {
      if (!(error instanceof CnnvizError)) throw error;
      onEvent({ type: 'warning', message: `the page does not show the ${name} of ${folder}: ${error.message}` });
      return [];
    });
  };
  const patches = await readFrom('patches', (folder) => readPatches(folder, identity));
  const dreams = await readFrom('dreams', (folder) => readDreams(folder, identity, trained));
  return { patches, dreams };
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
  for (const { layer, index, file, reached, highest, exceeds, began } of ofChannels) {
    const jpeg = await encode(await readPicture(join(folder, file)), dreamSize);
    if (!fits(jpeg.length)) break;
    const about = { reached: reached.mean, highest: highest?.mean ?? null, exceeds, began };
    kept.push({ layer: layer as string, channel: index, ...about, jpeg });
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

/** Patches side by side, each in the middle of its square. @throws CnnvizError BAD_ARGUMENT */
function layOut(sheet: Raster, tiles: readonly Tile[]): Raster {
  const picture = createRaster(columns * PATCH_SIZE, PATCH_SIZE, [226, 226, 232]);
  tiles.forEach(({ left, top, width, height }, index) => {
    if (Math.max(width, height) > PATCH_SIZE || left + width > sheet.width || top + height > sheet.height)
      throw new CnnvizError('BAD_ARGUMENT', 'a patch lies outside of its sheet, or is larger than a patch');
    const [x, y] = [index * PATCH_SIZE + ((PATCH_SIZE - width) >> 1), (PATCH_SIZE - height) >> 1];
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
