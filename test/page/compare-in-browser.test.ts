// Two images beside each other, in a real browser.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Color, createRaster } from '../../src/base/raster.js';
import { readPageAssets } from '../../src/page/assets.js';
import { renderImagePart } from '../../src/page/image-part.js';
import { renderHead, renderTail, renderViews } from '../../src/page/page.js';
import type { NetworkLayerData } from '../../src/page/page-data.js';
import type { ImageSummary, ReportSummary } from '../../src/page/summary.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { encodeJpeg } from '../../src/rendering/jpeg.js';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { summarizePlanes } from './layer-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-compare-'));
const file = join(folder, 'report.html');
let browser: Browser;
let page: Page;
/** what a page must not do: fail or complain */
const wrongs: string[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const map = (...values: number[]) => ({ width: 2, height: 2, values: Float32Array.from(values) });
const layer = { parameterCount: 0, settings: {}, block: 'conv' };
const network: NetworkLayerData[] = [
  { ...layer, name: 'input', kind: 'InputLayer', shape: [2, 2, 3], inputs: [] },
  { ...layer, name: 'conv', kind: 'Conv2D', shape: [2, 2, 2], inputs: ['input'] },
];

async function describeImage(name: string, dogs: number, ...planes: ReturnType<typeof map>[]): Promise<ImageSummary> {
  return {
    ...{ name, width: 40, height: 30, evidence: { problem: 'none' }, trueClass: 'dogs' },
    photograph: (await encodeJpeg(createRaster(40, 30, [250, 150, 50]), 100)).bytes,
    classes: [
      { className: 'cats', probability: 1 - dogs },
      { className: 'dogs', probability: dogs },
    ],
    layers: [
      summarizePlanes([map(0, 1, 1, 1), map(0, 0, 0, 1), map(1, 1, 1, 0)], 'input'),
      summarizePlanes(planes, 'conv'),
    ],
  };
}

async function renderPage({ against = false } = {}): Promise<string> {
  const images = [
    await describeImage('first.png', 0.75, map(0, 1, 2, 3), map(0, 0, 0, 3)),
    await describeImage('second.png', 0.25, map(0, 1, 2, 3), map(6, 0, 0, 3)),
    await describeImage('third.png', 0.5, map(3, 2, 1, 0), map(0, 0, 0, 3)),
  ];
  const summary: ReportSummary = {
    ...{
      model: { name: 'run', parameterCount: 3 },
      classNames: ['cats', 'dogs'],
      network,
      training: null,
      versions: [],
    },
    ...{ computations: [], pictures: { patches: [], dreams: [] } },
    preprocessing: { height: 2, width: 2, fit: 'stretch', order: 'rgb' },
  };
  if (against) summary.against = { model: { name: 'other', parameterCount: 3 }, classNames: ['dogs', 'cats'], network };
  const shown = against ? images.slice(0, 2) : images;
  const parts = shown.map((image, index) => renderImagePart(image, index + 1, { network, exact: true }));
  const views = await renderViews(summary, parts);
  const assets = readPageAssets();
  const others = against
    ? [2, 1].map((at, index) =>
        renderImagePart(images[at] as ImageSummary, index + 1, { network, exact: true, isOther: true }),
      )
    : [];
  const contents = [...parts, ...others, ...views].map(({ content }) => content.text);
  return [
    renderHead('Images', [{ id: 'image-1', title: 'Images' }, ...views], assets),
    ...contents,
    renderTail(summary, assets),
  ].join('');
}

describe.skipIf(chromiumPath === undefined)('two images compared in Chromium, from a file', () => {
  beforeAll(async () => {
    writeFileSync(file, await renderPage());
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    page.setDefaultTimeout(50_000);
    page.on('console', (message) => wrongs.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
  });

  afterAll(() => browser?.close());

  afterEach(() => expect(wrongs.splice(0)).toEqual([]));

  const go = async (address: string) => {
    await page.evaluate(`location.hash = '${address}'`);
    await page.waitForSelector(`html[data-shown="${address}"]`, { state: 'attached' });
  };
  /** Every pixel of a canvas, row by row. */
  const readPixels = async (selector: string): Promise<number[][]> => {
    const canvas = `document.querySelector(${JSON.stringify(selector)})`;
    const read = `${canvas}.getContext('2d').getImageData(0, 0, ${canvas}.width, ${canvas}.height).data`;
    const bytes = (await page.evaluate(`[...${read}]`)) as number[];
    return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 4));
  };

  it('shows both with their predictions, and how alike they are in each layer', async () => {
    await page.click('nav.views a[href="#compare"]');
    await page.waitForSelector('html[data-shown="#compare"]', { state: 'attached' });
    expect(await page.evaluate('[...document.querySelectorAll(".side select")].map(({ value }) => value)')).toEqual([
      '1',
      '2',
    ]);
    const probabilities = await page.locator('.side li').allTextContents();
    expect(probabilities).toEqual(['dogs75.0 %', 'cats25.0 %', 'cats75.0 %', 'dogs25.0 %']);
    expect(await page.locator('.side .verdict-words').allTextContents()).toEqual([
      'Correct: the folder says dogs.',
      'Wrong: the folder says dogs.',
    ]);
    const rows = () =>
      page.evaluate('[...document.querySelectorAll("table.alike tbody tr")].map((row) => row.innerText)');
    await expect
      .poll(rows)
      .toEqual([
        expect.stringMatching(/^input\s+1\.000\s+0\s+no difference beyond rounding$/),
        expect.stringMatching(/^conv\s+0\.\d{3}\s+2\.12\s+channel 1$/),
      ]);
  });

  it('paints a layer’s channels on one scale, those that differ most first, and the difference around 0', async () => {
    await page.click('table.alike a[href="#compare/1/2/conv"]');
    await page.waitForSelector('html[data-shown="#compare/1/2/conv"]', { state: 'attached' });
    expect(await page.locator('.pairs a').allTextContents()).toEqual(['Channel 1', 'Channel 0']);
    const first = '.pairs li:first-child canvas';
    await expect.poll(() => page.evaluate(`document.querySelector('${first}').width`)).toBe(10);
    const viridis = getColormap('viridis').colors;
    const coolwarm = getColormap('coolwarm').colors;
    const pixels = await readPixels(first);
    const pixelAt = (x: number, y: number) => pixels[y * 10 + x];
    // 3 of 6 on both, in the lower right; 0 and 6 in the upper left, which differ by 6 of 6.
    expect(pixelAt(1, 1)).toEqual([...(viridis[128] as Color), 255]);
    expect(pixelAt(5, 1)).toEqual([...(viridis[128] as Color), 255]);
    expect(pixelAt(4, 0)).toEqual([...(viridis[255] as Color), 255]);
    expect(pixelAt(8, 0)).toEqual([...(coolwarm[255] as Color), 255]);
    expect(pixelAt(9, 1)).toEqual([...(coolwarm[128] as Color), 255]);
    expect(await page.getAttribute(first, 'aria-label')).toMatch(
      /^Channel 1 of .*from 0 to 6, .*root mean square is 3, /,
    );
  });

  it('uncovers the one or the other by keys and by pointer', async () => {
    await go('#compare/1/2/conv/1');
    const divider = page.locator('.swipe .divider');
    const covered = () => page.evaluate('getComputedStyle(document.querySelector(".swipe .right")).clipPath');
    expect(await covered()).toBe('inset(0px 0px 0px 50%)');
    await divider.focus();
    await page.keyboard.press('Home');
    expect(await covered()).toBe('inset(0px 0px 0px 0%)');
    await page.keyboard.press('ArrowRight');
    expect(await covered()).toBe('inset(0px 0px 0px 1%)');
    expect(await divider.getAttribute('aria-valuetext')).toBe('1 % 1: first.png, 99 % 2: second.png');
    const box = await page.locator('.swipe .pictures').boundingBox();
    if (box === null) throw new Error('no pictures');
    await page.mouse.move(box.x + 0.25 * box.width, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.75 * box.width, box.y + 20);
    await page.mouse.up();
    expect(await divider.inputValue()).toBe('75');
  });

  it('compares other images by choice, swaps them, and finds its way back', async () => {
    await go('#compare/1/2');
    await page.selectOption('#compare-b', '3');
    await page.waitForSelector('html[data-shown="#compare/1/3"]', { state: 'attached' });
    await page.click('.swap');
    await page.waitForSelector('html[data-shown="#compare/3/1"]', { state: 'attached' });
    expect(await page.locator('.side.a .verdict-words').textContent()).toContain('folder says');
    await page.goBack();
    await page.waitForSelector('html[data-shown="#compare/1/3"]', { state: 'attached' });
    await go('#compare/1/3/conv/0');
    await page.click('.trail a:first-child');
    await page.waitForSelector('html[data-shown="#compare/1/3"]', { state: 'attached' });
  });

  it.each([
    ['#compare/1/9', '#compare/1'],
    ['#compare/9/2', '#compare'],
    ['#compare/1/3/unknown', '#compare/1/3'],
  ])('leads from %s, which it does not have, to %s', async (asked, nearest) => {
    await page.evaluate(`location.hash = '${asked}'`);
    await page.waitForSelector(`html[data-shown="${nearest}"]`, { state: 'attached' });
    expect(await page.evaluate('location.hash')).toBe(nearest);
    expect(await page.textContent('.missed')).toContain(`does not have ${asked}.`);
  });

  it('opens at the comparison where two networks see one image', async () => {
    const both = join(folder, 'both.html');
    writeFileSync(both, await renderPage({ against: true }));
    await page.goto(pathToFileURL(both).href);
    await page.waitForSelector('html[data-shown="#compare/1/b1"]', { state: 'attached' });
    const chosen = '[...document.querySelectorAll(".side select")].map((each) => each.selectedOptions[0].text)';
    expect(await page.evaluate(chosen)).toEqual(['first.png, run', 'third.png, other']);
    // Each with the names of its own network's classes.
    expect(await page.locator('.side.b li bdi').allTextContents()).toEqual(['dogs', 'cats']);
    expect(await page.locator('.other').first().isVisible()).toBe(false);
    // Two networks may have other channels under the same numbers, one network has not.
    const byNumber = page.getByText('Channels are matched by number');
    expect(await byNumber.count()).toBe(1);
    await go('#compare/1/2');
    expect(await byNumber.count()).toBe(0);
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
  });

  it('fits a phone, and names every control', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    for (const address of ['#compare/1/2', '#compare/1/2/conv', '#compare/1/2/conv/1']) {
      await go(address);
      expect([address, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([address, 0]);
    }
    const unnamed =
      '[...document.querySelectorAll("#compare canvas:not([aria-hidden]), #compare input")].filter((each) => !each.ariaLabel)';
    expect(await page.evaluate(`${unnamed}.length`)).toBe(0);
  });
});
