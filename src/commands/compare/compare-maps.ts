// Two images on one network, or two networks on one image: channel by channel.

import { basename } from 'node:path';
import { selectLayers } from '../../activations/select-layers.js';
import { CnnvizError } from '../../base/errors.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { shortenName } from '../../output/picture-source.js';
import { writeResults } from '../shared/image-results.js';
import { describeSource } from '../shared/picture-source.js';
import { describePrediction } from '../shared/true-class.js';
import { compareLayers, type LayerComparison } from './compare-layers.js';
import type { CompareSettings } from './options.js';
import { describeProvenance } from './provenance.js';
import type { ComparedLayer, MapComparison } from './result.js';
import { type SeenImage, seeImage, showImage } from './see-image.js';
import { describeSide, locateSide, openSide, requireGoing, type Side, withoutBackend } from './sides.js';

/** Two images on one network. */
export async function compareImages(settings: CompareSettings): Promise<MapComparison> {
  const { a, b, model } = settings;
  using side = await openSide(await locateSide(model, settings), [a, b], settings);
  const names = selectLayers(side.trained.network.layers, settings.layers);
  const seen = [await seeImage(a, side, names), await seeImage(b, side, names)] as const;
  const { words, texts } = await describeSource(side.found, side.trained.place);
  const described = {
    about: ` - ${words.join(' - ')}`,
    left: nameImage(seen[0]),
    middle: nameImage(seen[1]),
    sentences: [],
  };
  const photographs = [await showImage(a, side), await showImage(b, side)];
  const pictures = { words: described, photographs, texts: { ...texts, Image: basename(a), Other: basename(b) } };
  return await writeMaps('images', [side, side], seen, pictures, settings);
}

/** Two networks on one image. */
export async function compareOnImage(image: string, settings: CompareSettings): Promise<MapComparison> {
  const { a, b } = settings;
  const [foundA, foundB] = [await locateSide(a, settings), await locateSide(b, settings)];
  using first = await openSide(foundA, [image], settings);
  using second = await openSide(foundB, [image], withoutBackend(settings));
  const sides = [first, second] as const;
  const [namesA, namesB] = sides.map(({ trained }) => selectLayers(trained.network.layers)) as [string[], string[]];
  const names = settings.layers === undefined ? namesA : selectLayers(first.trained.network.layers, settings.layers);
  const inSecond = second.trained.network.layers.map(({ name }) => name).filter((name) => names.includes(name));
  const wanted = settings.layers === undefined ? namesB.filter((name) => names.includes(name)) : inSecond;
  const seen = [await seeImage(image, first, names), await seeImage(image, second, wanted)] as const;
  const sources = [
    await describeSource(foundA, sides[0].trained.place),
    await describeSource(foundB, sides[1].trained.place),
  ];
  const [one, other] = sources.map(({ words }) => words.join(' - ')) as [string, string];
  const sentences = [
    'channels by their numbers: only networks of one training have these in common; compare others on a folder, which matches them',
  ];
  const described = {
    about: ` of ${shortenName(basename(image))}`,
    left: one,
    middle: other,
    sentences: isOneTraining(sides) ? [] : sentences,
  };
  const photographs = [await showImage(image, first)];
  const texts = { ...sources[0]?.texts, Image: basename(image), Other: other };
  return await writeMaps('networks', sides, seen, { words: described, photographs, texts }, settings);
}

async function writeMaps(
  kind: MapComparison['kind'],
  sides: readonly [Side, Side],
  [a, b]: readonly [SeenImage, SeenImage],
  pictures: Pick<LayerComparison, 'words' | 'texts' | 'photographs'>,
  settings: CompareSettings,
): Promise<MapComparison> {
  const { onEvent = () => undefined, count, colormap } = settings;
  const { layers: all } = sides[0].trained.network;
  const { common, unmatched } = findCommon(all, a, b);
  const provenance = describeProvenance(sides, settings);
  const [sideA, sideB] = sides.map((side, index) => {
    const { image, prediction } = index === 0 ? a : b;
    if (prediction !== null) onEvent({ type: 'prediction', image, ...prediction });
    return { ...describeSide(side), image, prediction };
  }) as [MapComparison['a'], MapComparison['b']];
  const written = await writeResults({ folder: settings.out }, { provenance, onEvent }, async (folder) => {
    const layers: ComparedLayer[] = [];
    for (const { png, ...layer } of compareLayers({ a, b, layers: common, ...pictures, count, colormap })) {
      requireGoing(settings, layer.name);
      await folder.write(layer.files[0] as string, png);
      layers.push(layer);
      onEvent({ type: 'picture-drawn', drawn: layers.length, total: common.length });
    }
    return { kind, a: sideA, b: sideB, layers, unmatched, files: layers.flatMap(({ files }) => files) };
  });
  return written;
}

/** @throws CnnvizError BAD_MODEL where no layer is there twice */
function findCommon(all: readonly NetworkLayer[], a: SeenImage, b: SeenImage) {
  const names = [...a.layers.keys()];
  const isCommon = (name: string) => a.layers.get(name)?.shape.join() === b.layers.get(name)?.shape.join();
  const common = names.filter(isCommon).map((name) => {
    return { name, position: 1 + all.findIndex((layer) => layer.name === name) };
  });
  const unmatched = names.filter((name) => !isCommon(name));
  if (common.length > 0) return { common, unmatched };
  throw new CnnvizError('BAD_MODEL', 'the two networks have no layer of the same name and shape', {
    hint: 'On a folder of images (--on DIR) every layer is compared with every layer, whatever their shapes.',
  });
}

/** Whether channels of the same number have the same origin: epochs of one run. */
function isOneTraining([a, b]: readonly [Side, Side]): boolean {
  const { run } = a.found;
  return run !== undefined && run.folder === b.found.run?.folder;
}

function nameImage({ image, prediction }: SeenImage): string {
  const name = shortenName(basename(image));
  return prediction === null ? name : `${name} (${describePrediction(prediction)})`;
}
