// The layers of an image: a picture of all channels of each, and what it takes to read it.

import { formatCount } from '../base/counts.js';
import type { PlaneStatistics } from '../base/plane.js';
import { formatShape } from './format.js';
import type { LayerData } from './image-data.js';
import { dataAddress, html, type Markup } from './markup.js';
import type { NetworkLayerData } from './page-data.js';
import { encodeSheet } from './sheet.js';
import type { ChannelSummary, LayerSummary } from './summary.js';
import { texts } from './texts/en.js';
import { written } from './texts/en-written.js';

/** An image's layers as the page holds them. */
interface EncodedLayers {
  data: LayerData[];
  /** for those who have no script; a script reads the pictures in it */
  markup: Markup[];
}

/**
 * The layers of an image. A pooling whose maps the page's script can compute from those of another layer has no picture of its
 * own.
 *
 * @param exact in 256 steps
 */
export function encodeLayers(
  layers: readonly LayerSummary[],
  network: readonly NetworkLayerData[],
  { exact, id }: { exact: boolean; id: string },
): EncodedLayers {
  const encoded: EncodedLayers = { data: [], markup: [] };
  for (const layer of layers) {
    const about = network.find(({ name }) => name === layer.name) as NetworkLayerData;
    const pooled = about.pools === undefined ? undefined : layers.find(({ name }) => name === about.pools);
    if (layer.units !== undefined) encoded.data.push(describeUnits(layer, layer.units));
    else if (pooled !== undefined && pooled.overall.nonFiniteCount === 0) {
      encoded.data.push(describeMaps(layer, { columns: 0, steps: [] }));
      encoded.markup.push(renderLayer(about, layer, id, html`<p>${written.layer.pooled(pooled.name)}</p>`));
    } else {
      const isExact = exact || about.kind === 'InputLayer';
      const ranges = layer.channels.map(({ statistics }) => statistics);
      const planes = layer.channels.map(({ plane }) => plane);
      const { png, columns, steps, nonFinite } = encodeSheet(planes, ranges, isExact);
      encoded.data.push({
        ...describeMaps(layer, { columns, steps }),
        ...(Object.keys(nonFinite).length > 0 && { nonFinite }),
      });
      const picture = html`<img src="${dataAddress('image/png', png)}" alt="${texts.layer.channelsOf(layer.name)}">`;
      encoded.markup.push(renderLayer(about, layer, id, picture));
    }
  }
  return encoded;
}

/** To a script this is one text, which costs nothing until it is read. */
function renderLayer(about: NetworkLayerData, layer: LayerSummary, id: string, picture: Markup): Markup {
  const { name, kind, shape, parameterCount } = about;
  const { nonFiniteCount } = layer.overall;
  const label = `${id}-${name.replaceAll(/\s/g, '_')}`;
  return html`<noscript class="maps" data-layer="${name}"><section class="layer" aria-labelledby="${label}">
<div class="about"><h3 id="${label}">${name}</h3>
<p class="kind">${kind} <span>${formatShape(shape)}</span></p>
${parameterCount > 0 ? html`<p class="kind">${texts.layer.parameters(parameterCount)}</p>` : undefined}
${nonFiniteCount > 0 ? html`<p class="alarm">${texts.layer.nonFinite(formatCount(nonFiniteCount))}</p>` : undefined}
<p class="caption">${layer.caption}</p></div>
<div class="sheet">${picture}</div></section></noscript>
`;
}

function describeMaps(
  { name, caption, channels, overall }: LayerSummary,
  sheet: { columns: number; steps: readonly number[] },
): LayerData {
  const { width, height } = (channels[0] as ChannelSummary).plane;
  const list = (key: keyof PlaneStatistics, digits: number) =>
    channels.map(({ statistics }) => shorten(statistics[key], digits));
  const contributions = channels.flatMap(({ contribution }) => contribution ?? []);
  return {
    ...{ name, width, height, ...sheet, caption },
    ...{ min: list('min', 8), max: list('max', 8), mean: list('mean', 4) },
    ...{ standardDeviation: list('standardDeviation', 4), zeroFraction: list('zeroFraction', 4) },
    firingFraction: channels.map(({ firingFraction }) => shorten(firingFraction, 4)),
    ...(contributions.length === channels.length && { contribution: contributions.map((each) => shorten(each, 4)) }),
    overall: { min: shorten(overall.min, 8), max: shorten(overall.max, 8) },
  };
}

function describeUnits(layer: LayerSummary, units: Float32Array): LayerData {
  const { name, overall, unitContributions, probabilityOf } = layer;
  const caption = probabilityOf ? `${layer.caption}, ${texts.layer.probabilityOf(probabilityOf)}` : layer.caption;
  return {
    ...{ name, width: units.length, height: 1, columns: 0, steps: [], caption },
    ...{ min: [], max: [], mean: [], standardDeviation: [], zeroFraction: [], firingFraction: [] },
    ...(unitContributions && { contribution: unitContributions.map((each) => shorten(each, 4)) }),
    overall: { min: shorten(overall.min, 8), max: shorten(overall.max, 8) },
    // JSON turns NaN and infinities into null.
    units: Array.from(units, (value) => shorten(value, 7)),
    ...(probabilityOf && { probabilityOf }),
  };
}

export function shorten(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
