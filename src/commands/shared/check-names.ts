// Names that a network's files can refuse, before TensorFlow is loaded.

import { checkChannels } from '../../activations/select-channels.js';
import { type LayerSelection, selectLayers } from '../../activations/select-layers.js';
import { selectSpatialLayer } from '../../explain/select-layer.js';
import { type ClassChoice, findClasses } from '../../explain/targets.js';
import type { NetworkDefinition } from '../../formats/network-definition.js';
import type { LocatedNetwork } from './locate-network.js';

/** Of these the record names only the whole, and what is in them can be asked for too. */
const NESTED = ['Functional', 'Model', 'Sequential'];

/** What a call names of a network. */
interface NamesInNetwork {
  layers?: LayerSelection | undefined;
  /** of the layers chosen, from 0 */
  channels?: readonly number[];
  /** to explain at */
  layer?: string | readonly string[] | undefined;
  classes?: readonly ClassChoice[];
}

/** The convolutions that put out a channel for each of their filters, as their configuration says. */
const CONVOLUTIONS = ['Conv2D', 'Conv2DTranspose', 'SeparableConv2D'];

function listFilters(
  { layers }: NetworkDefinition,
  chosen: readonly string[],
): { name: string; channelCount: number }[] {
  return layers.flatMap(({ address, kind, config: { filters } }) => {
    const isKnown = chosen.includes(address) && CONVOLUTIONS.includes(kind) && typeof filters === 'number';
    return isKnown ? [{ name: address, channelCount: filters }] : [];
  });
}

/** @throws CnnvizError NOT_FOUND for what the network does not have; what only the built one knows it leaves */
export function checkNames(
  { run, brought, classNames }: LocatedNetwork,
  { layers, channels = [], layer, classes = [] }: NamesInNetwork,
): void {
  if (classNames.length > 0) findClasses(classes, classNames, classNames.length);
  const asked = [...(Array.isArray(layers) ? layers : []), ...[layer ?? []].flat()];
  if (brought !== undefined && !asked.some((name) => name.includes('#'))) {
    const known = brought.definition.layers.map(({ address, kind }) => ({ name: address, kind }));
    if (asked.length > 0) selectLayers(known, asked);
    // Which layers are shown when none are asked for depends on the maps, which only the built network knows.
    if (layers !== undefined) checkChannels(channels, listFilters(brought.definition, selectLayers(known, layers)));
  }
  if (run === undefined) return;
  const { model } = run.record;
  if (model.layers.some(({ kind }) => NESTED.includes(kind)) || asked.some((name) => name.includes('#'))) return;
  const chosen = selectLayers(model.layers, layers);
  const shaped = model.layers
    .filter(({ kind }) => kind !== 'InputLayer')
    .map(({ name, outputShape }) => ({ name, shape: outputShape.slice(1).map(Number), field: null }));
  const spatial = shaped.filter(({ name, shape }) => chosen.includes(name) && shape.length === 3);
  checkChannels(
    channels,
    spatial.map(({ name, shape }) => ({ name, channelCount: shape[2] as number })),
  );
  for (const name of [layer ?? []].flat()) selectSpatialLayer(shaped.slice(0, -1), name);
}
