// Names that a run's record can refuse, before TensorFlow is loaded.

import { checkChannels } from '../../activations/select-channels.js';
import { type LayerSelection, selectLayers } from '../../activations/select-layers.js';
import { selectSpatialLayer } from '../../explain/select-layer.js';
import { type ClassChoice, findClasses } from '../../explain/targets.js';
import type { LocatedNetwork } from './locate-network.js';

/** Of these the record names only the whole, and what is in them can be asked for too. */
const NESTED = ['Functional', 'Model', 'Sequential'];

/** What a call names of a network. */
interface NamesInNetwork {
  layers?: LayerSelection | undefined;
  /** of the layers chosen, from 0 */
  channels?: readonly number[];
  /** to explain at */
  layer?: string | undefined;
  classes?: readonly ClassChoice[];
}

/** @throws CnnvizError NOT_FOUND for what the run does not have; what only the network knows it leaves */
export function checkNames(
  { run }: LocatedNetwork,
  { layers, channels = [], layer, classes = [] }: NamesInNetwork,
): void {
  if (run === undefined) return;
  const { model, classNames } = run.record;
  if (classNames.length > 0) findClasses(classes, classNames, classNames.length);
  const asked = [...(Array.isArray(layers) ? layers : []), ...(layer === undefined ? [] : [layer])];
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
  if (layer !== undefined) selectSpatialLayer(shaped.slice(0, -1), layer);
}
