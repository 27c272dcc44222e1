// The picture to look at first: the whole network on one image.

import { measureActivity, mostActiveChannels } from '../../activations/activity.js';
import type { LayerActivation } from '../../activations/capture.js';
import { findLandmarks } from '../../activations/select-layers.js';
import type { Plane } from '../../base/plane.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { locateLayerCells } from '../../explain/locate-cells.js';
import { aboutSubject, type Subject } from '../../output/activation-files.js';
import type { ColormapName } from '../../rendering/colormap.js';
import { renderOverview } from '../../rendering/overview.js';
import type { OverviewLayer } from '../../rendering/overview-cards.js';
import { encodePngInBackground } from '../../rendering/png.js';
import type { NamedProbability } from '../../rendering/probabilities.js';
import { type CheckedPrediction, describeCorrectness } from '../shared/true-class.js';

export const overviewName = 'overview.png';

/** Channels of each layer. */
const channelsShown = 5;

interface OverviewSource {
  network: { inputShape: readonly number[]; layers: readonly NetworkLayer[] };
  subject: Subject;
  prediction: CheckedPrediction | null;
  classes: readonly NamedProbability[] | undefined;
  colormap: ColormapName;
}

/**
 * Draws the layers that were captured in one picture; undefined where none of them has maps.
 *
 * @param captured layers that are shown, in the network's order
 */
export function drawOverview(
  captured: readonly LayerActivation[],
  source: OverviewSource,
): Promise<Uint8Array> | undefined {
  const { network, subject, prediction, classes, colormap } = source;
  const maps = network.layers.filter(
    ({ shape: [height = 1, width = 1, channels] }) => channels !== undefined && height * width > 1,
  );
  const activations = new Map(captured.map((layer) => [layer.name, layer]));
  const available = maps.filter(({ name }) => activations.has(name));
  const landmarks = findLandmarks(available);
  const shown = available.filter(({ name }) => landmarks?.includes(name) ?? true);
  const last = shown.at(-1);
  if (last === undefined) return undefined;
  const rest = network.layers.slice(network.layers.indexOf(last) + 1);
  const verdict = prediction ? describeCorrectness(prediction) : undefined;
  const picture = renderOverview({
    title: `Overview${aboutSubject(subject)}`,
    photograph: subject.photograph,
    layers: shown.map((layer) => showLayer(layer, activations.get(layer.name) as LayerActivation, network)),
    rest: rest.map(({ name, shape }) => `${name}: ${shape.join(' \u00d7 ')}`),
    ...(classes && { classes }),
    ...(verdict !== undefined && { verdict }),
    colormap,
    sentences: [
      `The image under each layer's mean activation (absolute values, every cell where it lies), and the layer's ${channelsShown} strongest channels by the same.`,
      ...describeChoice(shown.length, maps.length, landmarks !== undefined),
    ],
  });
  return encodePngInBackground(picture, { ...subject.texts, Scale: '0 to maximum of each map' });
}

function describeChoice(shown: number, total: number, areLandmarks: boolean): string[] {
  if (shown === total) return [];
  const which = areLandmarks ? ': the first convolution and the last one of each size of map' : '';
  return [`${shown} of the network's ${total} layers with maps are shown${which}.`];
}

function showLayer(
  layer: NetworkLayer,
  activation: LayerActivation,
  network: OverviewSource['network'],
): OverviewLayer {
  const activity = measureActivity(activation);
  const cells = locateLayerCells(layer, network);
  return {
    name: layer.name,
    shape: layer.shape,
    activity: activity.map,
    cells: cells ?? { rows: [0.5], columns: [0.5] },
    strongest: mostActiveChannels(activity, channelsShown).map((channel) => {
      return { channel, plane: activation.planes[channel] as Plane };
    }),
  };
}
