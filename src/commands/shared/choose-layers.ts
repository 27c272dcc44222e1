import { findLandmarks, type LayerSelection, selectLayers } from '../../activations/select-layers.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import type { WorkflowOptions } from './events.js';

/** The layers that the options mean, in the network's order; notes where a big network is not shown whole. @throws as selectLayers */
export function chooseLayers(
  layers: readonly NetworkLayer[],
  { layers: selection, onEvent }: { layers?: LayerSelection } & WorkflowOptions,
): NetworkLayer[] {
  const names = selectLayers(layers, selection);
  if (selection === undefined && findLandmarks(layers) !== undefined) {
    const message = `${names.length} of ${layers.length} layers: the first convolution and the last map of each size; others with --layers NAME,NAME, a count or all`;
    onEvent?.({ type: 'note', message });
  }
  return layers.filter(({ name }) => names.includes(name));
}
