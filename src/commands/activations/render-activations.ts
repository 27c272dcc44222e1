import { captionLayer } from '../../activations/captions.js';
import type { LayerActivation } from '../../activations/capture.js';
import { channelKind, measureChannels } from '../../activations/describe-layer.js';
import { fillDefaults } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import type { PlaneStatistics } from '../../base/plane.js';
import type { Raster } from '../../base/raster.js';
import { planFrame } from '../../output/activation-files.js';
import { renderLayerGrid } from '../../rendering/grid.js';
import { ACTIVATIONS_DEFAULTS, type ActivationsOptions } from './options.js';
import { fixedScaleCaption, resolveScaling, type ScalingOptions } from './scaling-options.js';

/** For a scale that images share give its range. */
export type RenderOptions = Pick<ActivationsOptions, 'columns' | 'tile' | 'colormap'> &
  ScalingOptions & {
    /** how the titles go on after the layers' names, such as ` of cat.jpg` */
    about?: string;
  };

/**
 * One picture a layer, with a tile for each channel; drawn as `activations` draws them, but written nowhere.
 *
 * @throws CnnvizError BAD_ARGUMENT, also for the scale "shared": what other images hold is not known here
 */
export function renderActivations(
  layers: readonly LayerActivation[],
  options: RenderOptions = {},
): { name: string; raster: Raster; channels: PlaneStatistics[] }[] {
  const { about = '', ...drawing } = options;
  const { columns, tile, colormap } = fillDefaults(ACTIVATIONS_DEFAULTS, drawing);
  const resolved = resolveScaling(drawing);
  if (resolved === 'shared')
    throw badArgument('scale', 'article, strength, minmax or layer; or two numbers, which images can share', resolved);
  const scaling = typeof resolved === 'string' ? resolved : { ...resolved, caption: fixedScaleCaption };
  const frame = planFrame(
    layers.map(({ shape }) => ({ shape: shape.slice(1) })),
    { columns, tile },
  );
  return layers.map((layer) => {
    const { name, shape, planes } = layer;
    const measured = measureChannels(layer);
    const channels = measured.map(({ statistics }) => statistics);
    const sentences = [captionLayer({ kind: channelKind(layer), channels: measured })];
    const raster = renderLayerGrid({
      ...{ title: `${name}${about}`, shape, planes, statistics: channels, sentences },
      ...{ scaling, columns, tile, colormap, frame },
    });
    return { name, raster, channels };
  });
}
