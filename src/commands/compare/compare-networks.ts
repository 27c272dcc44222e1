// Two networks on a folder of images: which layers, which pictures.

import { basename } from 'node:path';
import { selectLayers } from '../../activations/select-layers.js';
import { formatAmount } from '../../base/counts.js';
import { formatPercent } from '../../base/numbers.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import { renderContactSheet, SHEET_CELL } from '../../rendering/contact-sheet.js';
import { renderHeatTable } from '../../rendering/heat-table.js';
import { encodePng } from '../../rendering/png.js';
import { listChannelImages } from '../channels/channel-images.js';
import { announceSplit, announceUnused } from '../shared/announce-data.js';
import { writeResults } from '../shared/image-results.js';
import { describeSource, onImages } from '../shared/picture-source.js';
import { describePrediction } from '../shared/true-class.js';
import { type ComparedLayers, compareOnFiles, type FolderFindings } from './compare-folder.js';
import { compareLayers } from './compare-layers.js';
import { announceOverlaps } from './compare-overlap.js';
import type { CompareSettings } from './options.js';
import { describeProvenance } from './provenance.js';
import type { Judgements, LayerMatch, NetworkComparison } from './result.js';
import { seeImage, showImage } from './see-image.js';
import { describeSide, locateSide, openSide, requireGoing, type Side, withoutBackend } from './sides.js';

/** Layers that only pass values on. */
const PASSES_ON = /^(Flatten|Reshape|Permute|Dropout|SpatialDropout\w*)$/;

/** Two networks on the images of a folder. */
export async function compareOnFolder(path: string, settings: CompareSettings): Promise<NetworkComparison> {
  const { a, b, split, onEvent = () => undefined } = settings;
  const [foundA, foundB] = [await locateSide(a, settings), await locateSide(b, settings)];
  const images = await listChannelImages(path, split, foundA, settings);
  announceSplit(images.split, images.files, images.classNames, onEvent);
  const overlaps = await announceOverlaps(images, [foundA, foundB], settings);
  announceUnused(images, onEvent);
  const paths = images.files.map((file) => file.path);
  using first = await openSide(foundA, paths, settings);
  using second = await openSide(foundB, paths, withoutBackend(settings));
  const sides = [first, second] as const;
  const layers = {
    a: chooseLayers(first.trained.network, settings),
    b: chooseLayers(second.trained.network, settings),
  };
  const found = await compareOnFiles(images, sides, layers, settings);
  for (const badFile of found.badFiles) onEvent({ type: 'bad-image', ...badFile });
  const source = await describeSource(foundA, first.trained.place);
  const other = await describeSource(foundB, second.trained.place);
  const { words, texts } = onImages(source, { path, split: images.split, imageCount: found.imageCount });
  const names = { a: source.words.join(' - '), b: other.words.join(' - '), images: words.at(-1) ?? '' };
  const ckaImages =
    onImages(source, { path, split: images.split, imageCount: found.cka.imageCount }).words.at(-1) ?? '';
  const drawing = {
    found,
    sides,
    layers,
    names: { ...names, ckaImages },
    texts: { ...texts, Other: names.b },
    settings,
  };
  const provenance = describeProvenance(sides, settings);
  return await writeResults({ folder: settings.out }, { provenance, onEvent }, async (folder) => {
    const files: string[] = [];
    for await (const { name, content } of drawFindings(drawing)) {
      await folder.write(name, content);
      files.push(name);
    }
    const { imageCount, cka, matches, judgements, badFiles } = found;
    const [sideA, sideB] = [describeSide(first), describeSide(second)];
    return {
      kind: 'networks-on-folder' as const,
      a: { ...sideA, overlap: overlaps.a, layers: layers.a.map(({ name }) => name) },
      b: { ...sideB, overlap: overlaps.b, layers: layers.b.map(({ name }) => name) },
      ...{ split: images.split, imageCount, cka, matches, judgements, badImages: badFiles, files },
    };
  });
}

function chooseLayers({ layers }: Engine, { layers: selection }: CompareSettings): NetworkLayer[] {
  const all = layers.filter(({ kind }) => !PASSES_ON.test(kind));
  const landmarks = selectLayers(layers, selection ?? 'all');
  const chosen = selection === undefined ? all : layers.filter(({ name }) => landmarks.includes(name));
  if (selection !== undefined || chosen.length <= layersAtMost) return chosen;
  const names = selectLayers(layers);
  return all.filter(({ name, shape }) => names.includes(name) || shape.length !== 3);
}

/** More are not compared with each other without being asked for. */
const layersAtMost = 32;

interface Drawing {
  found: FolderFindings;
  sides: readonly [Side, Side];
  layers: ComparedLayers;
  /** ckaImages: those in batches that were large enough */
  names: { a: string; b: string; images: string; ckaImages: string };
  texts: Readonly<Record<string, string>>;
  settings: CompareSettings;
}

async function* drawFindings(drawing: Drawing): AsyncGenerator<{ name: string; content: Uint8Array }> {
  yield { name: 'cka.png', content: drawCka(drawing) };
  const { judgements } = drawing.found;
  if (judgements === null) return;
  yield { name: 'differences.png', content: await drawDifferences(judgements, drawing) };
  const [first] = judgements.images;
  if (first !== undefined) yield* drawMatches(first.path, drawing);
}

function drawCka({ found, layers, names, texts, settings }: Drawing): Uint8Array {
  const columns = layers.b.map(({ name }, index) => `${index + 1} ${name}`);
  const picture = renderHeatTable({
    title: `CKA: rows of ${names.a}, columns of ${names.b}`,
    subtitle: `linear CKA of every layer with every layer, unbiased, ${names.ckaImages} in batches of ${found.cka.batchSize}`,
    caption: 'linear CKA',
    values: found.cka.values.map((row) => row.map((value) => value ?? Number.NaN)),
    rowNames: layers.a.map(({ name }, index) => `${index + 1} ${name}`),
    columnNames: layers.b.map((_, index) => String(index + 1)),
    colormap: settings.colormap ?? 'viridis',
    sentences: [`columns: ${columns.join(', ')}`, '1: the same up to a rotation and a factor; 0: nothing in common'],
  });
  return encodePng(picture, texts);
}

async function drawDifferences(judgements: Judgements, { sides, names, texts }: Drawing): Promise<Uint8Array> {
  const { autoOrient } = sides[0].trained.preprocessing;
  const entries = [];
  for (const { path, a, b } of judgements.images) {
    const lines = [`A ${describePrediction(a)}`, `B ${describePrediction(b)}`, basename(path)];
    if (a.trueClass !== undefined) lines.splice(2, 0, `in ${a.trueClass}/`);
    entries.push({ picture: await decodePicture(path, SHEET_CELL, autoOrient), lines });
  }
  const isSame = judgements.images[0]?.difference === 0;
  const same = formatPercent(judgements.sameCount / judgements.imageCount);
  const sheet = renderContactSheet({
    title: isSame
      ? 'the two networks do not differ on any image'
      : `${formatAmount(entries.length, 'image')} that the two networks differ on most`,
    subtitle: `A: ${names.a}. B: ${names.b}. The same class for ${same} of ${names.images}`,
    entries,
  });
  return encodePng(sheet, texts);
}

/** The channels of the layers with maps on one image, beside their partners. */
async function* drawMatches(
  image: string,
  { found, sides, layers, names, texts, settings }: Drawing,
): AsyncGenerator<{ name: string; content: Uint8Array }> {
  const matches = new Map(found.matches.map((match) => [match.name, match]));
  const all = sides[0].trained.network.layers;
  const common = layers.a.flatMap(({ name, shape }) => {
    const match = matches.get(name);
    const isDrawn = shape.length === 3 && match?.by === 'places' && match.pairs !== null;
    return isDrawn ? [{ name, position: 1 + all.findIndex((layer) => layer.name === name) }] : [];
  });
  const wanted = common.map(({ name }) => name);
  const [a, b] = [await seeImage(image, sides[0], wanted), await seeImage(image, sides[1], wanted)];
  const words = {
    about: ` of ${basename(image)}`,
    left: names.a,
    middle: `its partner in ${names.b}`,
    sentences: [`paired one to one by their correlation (r here: on this image) over ${names.images}`],
  };
  const partnersOf = (name: string) => (matches.get(name) as LayerMatch).pairs?.map(({ partner }) => partner);
  const { count = 0, colormap = 'viridis', onEvent = () => undefined } = settings;
  let drawn = 0;
  const pictures = {
    words,
    photographs: [await showImage(image, sides[0])],
    texts: { ...texts, Image: basename(image) },
  };
  for (const layer of compareLayers({ a, b, layers: common, partnersOf, ...pictures, count, colormap })) {
    requireGoing(settings, layer.name);
    yield { name: layer.files[0] as string, content: layer.png };
    onEvent({ type: 'picture-drawn', drawn: ++drawn, total: common.length });
  }
}
