import { createRaster } from '../../src/base/raster.js';
import { readPageAssets } from '../../src/page/assets.js';
import { renderImagePart } from '../../src/page/image-part.js';
import { renderHead, renderTail, renderViews } from '../../src/page/page.js';
import type { NetworkLayerData } from '../../src/page/page-data.js';
import type { ImageSummary, ReportSummary } from '../../src/page/summary.js';
import { encodeJpeg } from '../../src/rendering/jpeg.js';
import { summarizePlanes } from './layer-fixture.js';

/** Names that would run a script if they were anything but text. */
export const hostile = {
  file: `<script>globalThis.hacked=1</script>"><img src=x onerror=hacked=1>.jpg`,
  className: `</script><!--<script>hacked=1//' onload="hacked=1`,
  layer: `"></noscript><svg onload=hacked=1>`,
  option: `javascript:hacked=1</dd><script>hacked=1</script>`,
};

type Names = typeof hostile;

/** Names that no line could be broken in. */
export const long: Names = {
  file: `${'file'.repeat(60)}.jpg`,
  className: 'class'.repeat(48),
  layer: 'layer'.repeat(48),
  option: 'option'.repeat(40),
};

const map = (...values: number[]) => ({ width: 2, height: 2, values: Float32Array.from(values) });

/** A convolution of a hostile name, one of twenty channels, its pooling, a Flatten and a dense layer. */
const describeLayers = ({ layer }: Names): NetworkLayerData[] => {
  const base = { parameterCount: 0, settings: {} };
  const maps = { shape: [2, 2, 3] };
  const window = { poolSize: [2, 2], strides: [2, 2], padding: 'valid' } as const;
  return [
    { ...base, name: 'input', kind: 'InputLayer', ...maps, inputs: [], block: 'input' },
    { ...base, name: layer, kind: 'Conv2D', ...maps, parameterCount: 7, inputs: ['input'], block: layer },
    { ...base, name: 'conv2d_1', kind: 'Conv2D', shape: [2, 2, 20], inputs: [layer], block: 'conv2d_1' },
    {
      ...base,
      ...{ name: 'max_pooling2d_1', kind: 'MaxPooling2D', shape: [1, 1, 20], inputs: ['conv2d_1'] },
      ...{ block: 'max_pooling2d_1', settings: window, pools: 'conv2d_1' },
    },
    {
      ...base,
      ...{ name: 'flatten_1', kind: 'Flatten', shape: [20], inputs: ['max_pooling2d_1'], block: 'flatten_1' },
      flattens: 'max_pooling2d_1',
    },
    { ...base, name: 'unseen', kind: 'Dropout', shape: [20], inputs: ['flatten_1'], block: 'unseen' },
    { ...base, name: 'dense_1', kind: 'Dense', shape: [3], inputs: ['unseen'], block: 'dense_1' },
    { ...base, name: 'dense_2', kind: 'Dense', shape: [2], inputs: ['dense_1'], block: 'dense_2' },
  ];
};

/** A network of two layers with maps and more without, and a photograph, all of hostile names. */
export async function describeHostileImage(names: Names): Promise<ImageSummary> {
  const twenty = Array.from({ length: 20 }, (_, index) => map(0, index, 0, 2));
  const pooled = twenty.map(({ values }) => ({ width: 1, height: 1, values: Float32Array.of(Math.max(...values)) }));
  const units = Float32Array.of(0, 1, 2);
  return {
    name: names.file,
    width: 40,
    height: 30,
    photograph: (await encodeJpeg(createRaster(40, 30, [250, 250, 250]), 100)).bytes,
    classes: [
      { className: names.className, probability: 0.25 },
      { className: 'dogs', probability: 0.75 },
    ],
    evidence: {
      title: 'Grad-CAM',
      layerName: names.layer,
      cells: { rows: [0.25, 0.75], columns: [0.25, 0.75] },
      cellsSentence: '2 × 2 cells',
      smooth: false,
      maps: [
        {
          className: names.className,
          probability: 0.25,
          score: -1,
          shown: map(0, 0, 0, -4),
          sentence: names.className,
          isPredicted: false,
        },
        {
          className: 'dogs',
          probability: 0.75,
          score: 1,
          shown: map(4, 0, 0, 0),
          isPredicted: true,
          role: 'predicted',
        },
      ],
    },
    contributionTo: names.className,
    layers: [
      summarizePlanes([map(0, 1, 0.5, 1), map(0, 0, 0, 0.25), map(1, 1, 1, 0)], 'input'),
      summarizePlanes([map(0, 1, 2, 3), map(0, 0, 0, 0), map(1, Number.NaN, 2, 4)], names.layer),
      summarizePlanes(twenty),
      summarizePlanes(pooled, 'max_pooling2d_1'),
      { ...summarizePlanes([{ width: 3, height: 1, values: units }], 'dense_1'), channels: [], units },
    ],
  };
}

export const describeNetwork = (names: Names): ReportSummary => ({
  model: { name: names.option, parameterCount: 3453121, weights: 'best, epoch 2' },
  classNames: [names.className, 'dogs'],
  preprocessing: { height: 2, width: 2, fit: 'stretch', order: 'rgb' },
  network: describeLayers(names),
  computations: [],
  pictures: { patches: [], dreams: [] },
  training: {
    curves: { trainingLoss: [0.7, 0.5], trainingAccuracy: [0.5, 0.75], validationLoss: [0.7, 0.6], bestEpoch: 2 },
    facts: [{ name: 'classes', value: names.option }],
    options: [{ name: '--data', value: names.option }],
  },
  channelReport: {
    format: 'cnnviz-channels',
    formatVersion: 1,
    versions: { cnnviz: '0.1.0', node: '20' },
    backend: { name: 'cpu', version: '4', threads: 1 },
    model: { path: '/home/me/run', identity: '0' },
    data: { path: `/home/me/${names.file}`, split: null, imageCount: 1000, badImageCount: 0 },
    classes: [],
    layers: [
      {
        name: names.layer,
        kind: 'Conv2D',
        shape: [1, 2, 2, 3],
        range: null,
        sparsity: 0.25,
        silentFraction: 0.5,
        deadCount: 3,
        nearlyDeadCount: 4,
        saturatedCount: 5,
        separation: { best: 0.875, median: 0.5 },
        duplicates: [],
        channels: [],
      },
    ],
    verdict: [names.option],
  },
  versions: [{ name: 'cnnviz', value: '0.1.0' }],
});

/** The page of some images that are all the same. */
export async function renderHostilePage(count = 1, names: Names = hostile): Promise<string> {
  const image = await describeHostileImage(names);
  const summary = describeNetwork(names);
  const parts = Array.from({ length: count }, (_, index) =>
    renderImagePart(image, index + 1, { network: summary.network, exact: false }),
  );
  const views = await renderViews(summary, parts);
  const assets = readPageAssets();
  const contents = [...parts, ...views].map(({ content }) => content.text);
  const title = `${names.file}: dogs, 75.0 %`;
  return [
    renderHead(title, [{ id: 'image-1', title: 'Image' }, ...views], assets),
    ...contents,
    renderTail(summary, assets),
  ].join('');
}
