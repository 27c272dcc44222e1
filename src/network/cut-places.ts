// Where a network can be cut, for another head to be put there.

import type { tf } from '../backend/tfjs/tensors.js';
import { CnnvizError } from '../base/errors.js';
import { suggest } from '../base/near-name.js';
import { kindOf } from '../engines/contract/layer-kind.js';

/** A layer that gives maps, one of them for each image. */
export interface CutPlace {
  name: string;
  kind: string;
  /** [height, width, channels] */
  shape: number[];
}

/** The layers of a network that give maps, in its order. @throws CnnvizError BAD_MODEL for a network without any */
export function listCutPlaces(model: tf.LayersModel, path: string): CutPlace[] {
  const places = model.layers.flatMap((layer): CutPlace[] => {
    const [node, ...others] = layer.inboundNodes;
    const [tensor, ...more] = node?.outputTensors ?? [];
    const isOne = others.length === 0 && more.length === 0 && kindOf(layer) !== 'InputLayer';
    if (!isOne || tensor?.rank !== 4) return [];
    return [{ name: layer.name, kind: kindOf(layer), shape: tensor.shape.slice(1) as number[] }];
  });
  if (places.length > 0) return places;
  throw new CnnvizError('BAD_MODEL', `${path}: it has no layer with maps for a new head to go on from`);
}

/** Layers that change nothing in what they get but its frame, or nothing at all in inference. */
const SILENT = /^(ZeroPadding2D|Cropping2D|.*Dropout.*|Random.*)$/;

/**
 * The layer that the options mean: by its address or by the end of it; without one the last that gives maps of more than one
 * value each.
 *
 * @throws CnnvizError NOT_FOUND with near names
 */
export function findCutPlace(places: readonly CutPlace[], asked: string | undefined): CutPlace {
  if (asked === undefined) {
    const isMap = ({ kind, shape: [height = 1, width = 1] }: CutPlace) => height * width > 1 && !SILENT.test(kind);
    return places.findLast(isMap) ?? (places.at(-1) as CutPlace);
  }
  const exact = places.find(({ name }) => name === asked);
  if (exact !== undefined) return exact;
  const ending = places.filter(({ name }) => name.endsWith(`/${asked}`));
  if (ending.length === 1) return ending[0] as CutPlace;
  const names = places.map(({ name }) => name);
  const problem =
    ending.length > 1
      ? `several layers have the name "${asked}": ${ending.map(({ name }) => name).join(', ')}`
      : `the base has no layer "${asked}" with maps`;
  const plain = suggest(asked, [...names, ...names.map((name) => name.split('/').at(-1) as string)]);
  throw new CnnvizError('NOT_FOUND', `cut: ${problem}`, {
    options: ['cut'],
    hint: `${plain}Good places are: ${suggestCuts(places).join(', ')}.`,
  });
}

/** Names of layers that are worth a try, as short as they may be: the last of each height and width, and the ends of blocks. */
export function suggestCuts(places: readonly CutPlace[]): string[] {
  const maps = places.filter(({ kind }) => !SILENT.test(kind));
  const lastOfSize = new Map(maps.map((place) => [place.shape.slice(0, 2).join(), place]));
  const lasts = new Set(lastOfSize.values());
  const lastPartOf = (name: string) => name.split('/').at(-1) as string;
  const shorten = (name: string) => {
    const isAlone = places.filter((place) => lastPartOf(place.name) === lastPartOf(name)).length === 1;
    return isAlone ? lastPartOf(name) : name;
  };
  return maps.filter((place) => place.kind === 'Add' || lasts.has(place)).map(({ name }) => shorten(name));
}
