import type { Plane } from '../../src/base/plane.js';
import { createRandom } from '../../src/base/random.js';
import { createRaster } from '../../src/base/raster.js';
import { readPageAssets } from '../../src/page/assets.js';
import { renderImagePart } from '../../src/page/image-part.js';
import { renderHead, renderTail } from '../../src/page/page.js';
import type { NetworkLayerData } from '../../src/page/page-data.js';
import { summarizeScore } from '../../src/page/score/summarize-score.js';
import type { ReportSummary } from '../../src/page/summary.js';
import { encodeJpeg } from '../../src/rendering/jpeg.js';
import { summarizePlanes } from './layer-fixture.js';

const random = createRandom(18, 'sample');
const size = 12;
const filters = 7;

/** One map of the image for each color, in bytes as a network gets them. */
const input: Plane[] = Array.from({ length: 3 }, () => ({
  ...{ width: size, height: size },
  values: Float32Array.from({ length: size * size }, () => Math.floor(random() * 256) / 255),
}));
const kernel = Float32Array.from({ length: 9 * 3 * filters }, () => random() - 0.5);
const bias = Float32Array.from({ length: filters }, () => random() - 0.5);

/** What a 3 x 3 convolution with zeros around the maps, and a relu, make of the image: the definition, written out. */
export const convolved: Plane[] = Array.from({ length: filters }, (_, filter) => ({
  ...{ width: size, height: size },
  values: Float32Array.from({ length: size * size }, (_, place) => {
    const [x, y] = [place % size, Math.floor(place / size)];
    let sum = bias[filter] as number;
    for (let channel = 0; channel < 3; channel++) {
      for (let row = 0; row < 3; row++) {
        for (let column = 0; column < 3; column++) {
          const [at, down] = [x + column - 1, y + row - 1];
          if (at < 0 || down < 0 || at >= size || down >= size) continue;
          const weight = kernel[((row * 3 + column) * 3 + channel) * filters + filter] as number;
          sum += weight * ((input[channel] as Plane).values[down * size + at] as number);
        }
      }
    }
    return Math.max(0, sum);
  }),
}));

/** The mean of each map, and one sigmoid unit that weighs them. */
const means = Float32Array.from(
  convolved,
  ({ values }) => values.reduce((sum, value) => sum + value, 0) / values.length,
);
const last = { shape: [filters, 1], values: Float32Array.from({ length: filters }, () => 4 * random() - 2) };
/** What each of them adds to the score. */
export const contributions = means.map((value, unit) => value * (last.values[unit] as number));
export const score = means.reduce((sum, value, unit) => sum + value * (last.values[unit] as number), 0.25);

const side = (from: (at: number) => number, to: (at: number) => number) => ({
  from: Array.from({ length: size }, (_, at) => Math.max(0, from(at))),
  to: Array.from({ length: size }, (_, at) => Math.min(size, to(at))),
  middle: Array.from({ length: size }, (_, at) => at + 0.5),
});
const window = side(
  (at) => at - 1,
  (at) => at + 2,
);

const network: NetworkLayerData[] = [
  ...[{ name: 'input', kind: 'InputLayer', shape: [size, size, 3], inputs: [], block: 'input' }],
  {
    ...{ name: 'conv', kind: 'Conv2D', shape: [size, size, filters], inputs: ['input'], block: 'conv' },
    field: { rows: window, columns: window },
  },
  { name: 'means', kind: 'GlobalAveragePooling2D', shape: [filters], inputs: ['conv'], block: 'means' },
  { name: 'last', kind: 'Dense', shape: [1], inputs: ['means'], block: 'last' },
].map((layer) => ({ parameterCount: 0, settings: {}, ...layer }));

const linear = { name: 'linear' };
const sliding = { size: [3, 3], strides: [1, 1], dilation: [1, 1], padding: 'same' } as const;

const summary: ReportSummary = {
  model: { name: 'small', parameterCount: 0 },
  classNames: ['cats', 'dogs'],
  preprocessing: { height: size, width: size, fit: 'stretch', order: 'rgb' },
  network,
  computations: [
    {
      ...{
        name: 'conv',
        inputs: [''],
        channels: filters,
        weights: { kernel: { shape: [3, 3, 3, filters], values: kernel }, bias },
      },
      rule: { type: 'convolution', groups: 1, activation: { name: 'relu' }, ...sliding },
    },
    {
      ...{ name: 'means', inputs: ['conv'], channels: filters, weights: {} },
      rule: { type: 'global-pooling', by: 'average' },
    },
    {
      ...{ name: 'last', inputs: ['means'], channels: 1, weights: { kernel: last, bias: Float32Array.of(0.25) } },
      rule: { type: 'dense', activation: { ...linear, name: 'sigmoid' } },
    },
  ],
  // Of channel 2 nothing, of 0 a dream that came to nothing.
  pictures: {
    patches: [{ layer: 'conv', channel: 1, values: [0.75, 0.5], classNames: ['cats', null], jpeg: '' }],
    dreams: [
      { layer: 'conv', channel: 1, reached: 0.25, highest: 0.125, exceeds: true, began: true, jpeg: '' },
      { layer: 'conv', channel: 0, reached: 0.5, highest: 0.75, exceeds: false, began: true, jpeg: '' },
    ],
  },
  training: null,
  versions: [],
};

/** The page of one image in a network whose every value is known. */
export async function renderSmallPage(): Promise<string> {
  const probability = 1 / (1 + Math.exp(-score));
  const units = (name: string, values: Float32Array) => ({
    ...summarizePlanes([{ width: values.length, height: 1, values }], name),
    ...{ channels: [], units: values },
  });
  const part = renderImagePart(
    {
      ...{ name: 'photo.jpg', width: 40, height: 30 },
      photograph: (await encodeJpeg(createRaster(40, 30, [90, 120, 150]), 40)).bytes,
      classes: [
        { className: 'cats', probability: 1 - probability },
        { className: 'dogs', probability },
      ],
      evidence: { problem: 'none here' },
      score: summarizeScore(
        means,
        { layer: 'last', before: 'means', link: 'sigmoid', kernel: last, bias: Float32Array.of(0.25) },
        ['cats', 'dogs'],
      ),
      layers: [
        bytes(summarizePlanes(input, 'input')),
        summarizePlanes(convolved, 'conv'),
        { ...units('means', means), unitContributions: [...contributions] },
        { ...units('last', Float32Array.of(probability)), probabilityOf: ['dogs'] },
      ],
      contributionTo: 'dogs',
    },
    1,
    { network, exact: false },
  );
  const assets = readPageAssets();
  return [
    renderHead('photo.jpg', [{ id: 'image-1', title: 'Image' }], assets),
    part.content.text,
    renderTail({ ...summary, pictures: await drawPictures() }, assets),
  ].join('');
}

async function drawPictures(): Promise<ReportSummary['pictures']> {
  const { bytes: jpeg } = await encodeJpeg(createRaster(20, 10, [200, 60, 60]), 20);
  const picture = { jpeg: Buffer.from(jpeg).toString('base64') };
  const { patches, dreams } = summary.pictures;
  return {
    patches: patches.map((each) => ({ ...each, ...picture })),
    dreams: dreams.map((each) => ({ ...each, ...picture })),
  };
}

/** An input's range is that of a byte. */
function bytes(layer: ReturnType<typeof summarizePlanes>): ReturnType<typeof summarizePlanes> {
  const whole = layer.channels.map((channel) => ({
    ...channel,
    statistics: { ...channel.statistics, min: 0, max: 1 },
  }));
  return { ...layer, channels: whole };
}
