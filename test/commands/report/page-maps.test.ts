import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { captureActivations, type LayerActivation } from '../../../src/activations/capture.js';
import { report } from '../../../src/commands/report/index.js';
import { locateNetwork } from '../../../src/commands/shared/locate-network.js';
import { openTrainedNetwork } from '../../../src/commands/shared/trained-network.js';
import { decodePhotograph } from '../../../src/dataset/decode/decode.js';
import { toImageFloats } from '../../../src/dataset/stream/image-input.js';
import { type LayerMaps, valueOfStep } from '../../../src/page/client/layer-maps.js';
import { poolMaps } from '../../../src/page/client/pool-maps.js';
import { readSheet } from '../../../src/page/client/sheet.js';
import type { LayerData, PageImageData } from '../../../src/page/image-data.js';
import { exactSteps } from '../../../src/page/map-steps.js';
import type { NetworkLayerData, PageData } from '../../../src/page/page-data.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let activations: Map<string, LayerActivation>;

beforeAll(async () => {
  workspace = await makeWorkspace();
  const options = { model: join(workspace.folder, 'runs/latest'), backend: 'cpu' } as const;
  using trained = await openTrainedNetwork(await locateNetwork(options), options, ['run']);
  const { network, preprocessing } = trained;
  const { pixels } = await decodePhotograph(image(), preprocessing);
  const input = toImageFloats(pixels, preprocessing);
  const captured = await captureActivations(
    network,
    input,
    network.layers.map(({ name }) => name),
  );
  activations = new Map(captured.map((activation) => [activation.name, activation]));
  const { inputShape } = network;
  const planes = inputShape.at(-1) === 3 ? [0, 1, 2].map((part) => input.filter((_, index) => index % 3 === part)) : [];
  const inputPlanes = planes.map((values) => ({
    width: inputShape[1] as number,
    height: inputShape[0] as number,
    values,
  }));
  activations.set('input', { name: 'input', shape: [], values: input, planes: inputPlanes });
});

afterAll(() => workspace.remove());

const image = () => join(workspace.folder, 'red.png');

/** A page as its script reads it. */
async function readPage(exact: boolean) {
  const out = join(workspace.folder, 'maps.html');
  await report({ images: [image()], model: join(workspace.folder, 'runs/latest'), backend: 'cpu', out, exact });
  const text = readFileSync(out, 'utf8');
  const data = <Data>(name: string) =>
    JSON.parse(new RegExp(`class="${name}">([^<]*)<`).exec(text)?.[1] as string) as Data;
  const { network } = data<PageData>('page-data');
  const { layers } = data<PageImageData>('image-data');
  const read = async (name: string): Promise<LayerMaps> => {
    const layer = layers.find((each) => each.name === name) as LayerData;
    const about = network.find((each) => each.name === name) as NetworkLayerData;
    if (layer.steps.length === 0) return poolMaps(await read(about.pools as string), layer, about);
    const [, picture = ''] = new RegExp(`data-layer="${name}"[\\s\\S]*?src="([^"]*)"`).exec(text) ?? [];
    return readSheet(picture, layer);
  };
  return { names: layers.filter(({ units }) => units === undefined).map(({ name }) => name), read, text };
}

it.each([false, true])(
  'the maps of a page, stored or pooled, are those of the network to half a step, and to a 64th of their range (exact: %s)',
  async (exact) => {
    const { names, read } = await readPage(exact);
    expect(names).toEqual(['input', 'conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2']);
    for (const name of names) {
      const maps = await read(name);
      const { planes } = activations.get(name) as LayerActivation;
      expect(maps.channels).toHaveLength(planes.length);
      maps.channels.forEach((channel, number) => {
        const halfStep = (channel.high - channel.low) / (channel.stepCount - 1) / 2;
        expect(halfStep).toBeLessThanOrEqual((channel.high - channel.low) / 64);
        if (exact || name === 'input') expect(channel.stepCount).toBe(exactSteps);
        const values = planes[number]?.values as Float32Array;
        const found = Array.from(channel.steps, (step) => valueOfStep(step, channel));
        expect(found).toHaveLength(values.length);
        const worst = Math.max(...found.map((value, index) => Math.abs(value - (values[index] as number))));
        // Of the input every byte is exact.
        expect(worst).toBeLessThanOrEqual((name === 'input' ? 0 : halfStep) + 1e-6 * (channel.high + 1));
      });
    }
  },
);

it('a pooled layer has no picture of its own', async () => {
  const { text } = await readPage(false);
  expect(text.match(/class="sheet"><img/g)).toHaveLength(3);
  expect(text).toContain('Its maps are those of conv2d_2');
});
