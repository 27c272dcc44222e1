import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { report } from '../../../src/commands/report/index.js';
import type { ReportOptions } from '../../../src/commands/report/options.js';
import { writeNewFolder } from '../../../src/disk/files.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { identifyModel } from '../../../src/network/identify-model.js';
import { encodeModel } from '../../../src/network/store.js';
import type { PageImageData } from '../../../src/page/image-data.js';
import { exactSteps } from '../../../src/page/map-steps.js';
import { html } from '../../../src/page/markup.js';
import type { PageData } from '../../../src/page/page-data.js';
import { findModel } from '../../../src/runs/find-model.js';
import { makeReport } from '../../channels/report-fixture.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

const at = (...names: string[]) => join(workspace.folder, ...names);

function run(options: Partial<ReportOptions> = {}) {
  const images = options.images ?? [at('red.png')];
  return report({ model: at('runs/latest'), backend: 'cpu', out: at('report.html'), ...options, images });
}

const read = (name = 'report.html') => readFileSync(at(name), 'utf8');

const names = (page: string) => [...page.matchAll(/<h3 [^>]*>([^<]*)<\/h3>/g)].map(([, name]) => name);

/** What the page's script knows of each image. */
const imagesOf = (page: string) =>
  [...page.matchAll(/class="image-data">([^<]*)</g)].map(([, json]) => JSON.parse(json as string) as PageImageData);

describe('report', () => {
  it('puts prediction, layers, evidence and training on one page, and says how large it is', async () => {
    const events: WorkflowEvent[] = [];
    const { path, byteCount, images, badImages } = await run({ onEvent: (event) => events.push(event) });
    expect([path, byteCount, badImages]).toEqual([at('report.html'), statSync(at('report.html')).size, []]);
    expect(images).toMatchObject([{ image: at('red.png'), prediction: { className: expect.any(String) } }]);
    const page = read();
    expect(names(page)).toEqual(['input', 'conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2']);
    expect(page).toContain(`<bdi>${images[0]?.prediction?.className}</bdi>`);
    expect(page.match(/class="overlay"/g)?.length).toBe(2);
    expect(page.match(/<svg role="img" aria-label="(?:loss|accuracy) after/g)?.length).toBe(2);
    expect(events.map(({ type }) => type)).toEqual([
      'stage',
      'backend',
      'model',
      'image-started',
      'input',
      'prediction',
      'explanation',
      'explanation',
      'image-ended',
    ]);
    await run({ method: 'gradcam', onEvent: (event) => events.push(event) });
    const [caution] = events.flatMap((event) => (event.type === 'caution' ? event.sentence : []));
    expect(read()).toContain(html`<p class="sentence">${caution}</p>`.text);
  });

  it('holds what another network makes of the same images, to be compared', async () => {
    const { images } = await run({ images: [at('red.png')], against: at('runs/latest'), layers: 1 });
    expect(images).toHaveLength(1);
    const page = read();
    expect(page.match(/<section class="other image" id="other-1"/g)).toHaveLength(1);
    expect(page).toContain('<a href="#compare">');
    const [own, other] = imagesOf(page) as [PageImageData, PageImageData];
    expect(other).toEqual(own);
    const data = JSON.parse(/class="page-data">([^<]*)</.exec(page)?.[1] ?? '') as PageData;
    expect(data.against).toMatchObject({ classNames: data.classNames, network: data.network });
    expect(page).not.toContain(workspace.folder);
    await expect(run({ against: at('nowhere') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await run();
  });

  it('says nothing of where things lie on this computer', () => {
    expect(read()).not.toContain(workspace.folder);
  });

  it("holds every channel's numbers, the input's and those of layers without height and width among them", () => {
    const [{ layers, predicted, probabilities }] = imagesOf(read()) as [PageImageData];
    const sizes = layers.map(({ name, width, height, min, units }) => [name, width, height, min.length, units?.length]);
    expect(sizes).toEqual([
      ['input', 12, 12, 3, undefined],
      ['conv2d_1', 10, 10, 4, undefined],
      ['max_pooling2d_1', 5, 5, 4, undefined],
      ['conv2d_2', 3, 3, 4, undefined],
      ['max_pooling2d_2', 1, 1, 4, undefined],
      ['dense_1', 8, 1, 0, 8],
      ['dense_2', 1, 1, 0, 1],
    ]);
    expect(layers.map(({ steps }) => steps.length)).toEqual([3, 4, 0, 4, 0, 0, 0]);
    expect(new Set(layers[0]?.steps)).toEqual(new Set([exactSteps]));
    expect([predicted, probabilities.length]).toEqual([expect.any(String), 2]);
    expect(layers[1]?.caption).toMatch(/^\d of 4 channels fire/);
  });

  it('shows several images, each in its own part; a bad one is skipped and reported', async () => {
    const { images, badImages } = await run({ images: [at('red.png'), at('broken.png'), at('blue.png')] });
    expect(images.map(({ image }) => image)).toEqual([at('red.png'), at('blue.png')]);
    expect(badImages).toMatchObject([{ path: at('broken.png') }]);
    const ids = [...read().matchAll(/<section class="view image" id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['image-1', 'image-2']);
  });

  it('refuses more images than a page can hold before it looks at one', async () => {
    const events: WorkflowEvent[] = [];
    const images = new Array<string>(30_000).fill(at('red.png'));
    await expect(run({ images, out: at('large.html'), onEvent: (event) => events.push(event) })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringMatching(/at most 60 MB; 30,000 images, 12 of them in full, would make about \d+ MB/),
    });
    expect(events.map(({ type }) => type)).not.toContain('evaluation-step');
    expect(events.map(({ type }) => type)).not.toContain('input');
  });

  it('counts another network before it looks at an image', async () => {
    const stages: string[] = [];
    const onEvent = (event: WorkflowEvent) => event.type === 'image-started' && stages.push(event.type);
    const job = { images: new Array<string>(400).fill(at('red.png')), full: 400, out: at('large.html'), onEvent };
    await expect(run({ ...job, against: at('runs/latest') })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(run({ ...job, against: at('nowhere') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(stages).toEqual([]);
  });

  it('shows units of layers without height and width as one row', async () => {
    await run({ layers: ['flatten_1', 'dense_1'] });
    const page = read();
    expect(names(page)).toEqual(['input']);
    const shown = imagesOf(page)[0]?.layers.map(({ name, units }) => [name, units?.length]);
    expect(shown).toEqual([
      ['input', undefined],
      ['flatten_1', 4],
      ['dense_1', 8],
      ['dense_2', 1],
    ]);
  });

  it('reports on a network without class scores, and says what is missing', async () => {
    const model = tf.sequential({
      layers: [tf.layers.conv2d({ inputShape: [4, 4, 3], name: 'only', filters: 2, kernelSize: 3 })],
    });
    await writeNewFolder(at('maps'), encodeModel(model));
    const { images } = await run({ model: at('maps') });
    expect(images[0]?.prediction).toBeNull();
    expect(read()).toMatch(/does not output class scores[\s\S]*Where the evidence lies[\s\S]*class="notice"/);
    expect(names(read())).toEqual(['input', 'only']);
  });

  it('refuses a network whose outputs are not numbers', async () => {
    const kernel = tf.fill([12, 1], Number.NaN);
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [4, 4, 3], name: 'maps', filters: 3, kernelSize: 3 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, activation: 'sigmoid', weights: [kernel, tf.zeros([1])] }),
      ],
    });
    await writeNewFolder(at('broken-model'), encodeModel(model));
    await expect(run({ model: at('broken-model') })).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringContaining('outputs NaN'),
    });
  });

  it('shows what the channels add to the score, and what they do on a folder of images where that was examined', async () => {
    const { modelPath } = await findModel(at('runs/latest'));
    const report = makeReport({
      model: { path: 'r', identity: await identifyModel(modelPath) },
      verdict: ['All is well.'],
    });
    await writeNewFolder(at('runs/first/channels'), { 'channels.json': JSON.stringify(report) });
    const { images } = await run();
    expect(read()).toContain('Over 7 images');
    expect(read()).toMatch(/<bdi>photos<\/bdi>[\s\S]*<li>All is well\.<\/li>/);
    expect(read()).not.toContain('/home/me');
    const predicted = images[0]?.prediction?.className;
    const [image] = imagesOf(read());
    expect(image?.contributionTo).toBe(predicted);
    expect(image?.layers[1]?.contribution).toHaveLength(4);
    expect(read()).toContain('"channelReport":{"imageCount":7');
    await expect(run({ channelReport: at('red.png') })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  it('gives the same bytes again', async () => {
    await run();
    const before = read();
    await run();
    expect(read()).toBe(before);
  });

  it('refuses before the work what cannot succeed', async () => {
    await expect(run({ images: [] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(run({ layers: 0 })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(run({ layers: [] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(run({ method: 'guess' as 'gradcam' })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(run({ out: '' })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(run({ layers: ['conv2d_9'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(run({ model: at('nowhere') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(run({ images: [at('broken.png')] })).rejects.toMatchObject({ code: 'BAD_IMAGE' });
    writeFileSync(at('mine.html'), 'mine');
    await expect(run({ out: at('mine.html') })).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
    expect(read('mine.html')).toBe('mine');
  });

  it('leaves neither tensors nor half a file behind', async () => {
    const before = tf.memory().numTensors;
    await run();
    const signal = AbortSignal.abort();
    await expect(run({ signal, out: at('stopped.html') })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(tf.memory().numTensors).toBe(before);
    expect(readdirSync(workspace.folder).filter((name) => name.startsWith('.') || name.startsWith('stopped'))).toEqual(
      [],
    );
  });
});
