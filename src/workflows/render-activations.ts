import type { LayerActivation } from '../activations/capture.js';
import { fillDefaults } from '../arguments.js';
import { type LayerPicture, renderLayerGrid } from '../rendering/grid.js';
import { ACTIVATIONS_DEFAULTS, type ActivationsOptions } from './activations-options.js';

export type RenderOptions = Pick<ActivationsOptions, 'normalize' | 'columns' | 'tile' | 'colormap'>;

/** One picture a layer, with a tile for each channel; drawn as `activations` draws them, but written nowhere. */
export function renderActivations(
  layers: readonly LayerActivation[],
  options: RenderOptions = {},
): (LayerPicture & { name: string })[] {
  const { normalize, columns, tile, colormap } = fillDefaults(ACTIVATIONS_DEFAULTS, options);
  return layers.map(({ name, shape, planes }) => ({
    name,
    ...renderLayerGrid({ title: name, shape, planes, normalize, columns, tile, colormap }),
  }));
}
