import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Color } from '../../src/base/raster.js';
import { addressOf, parseAddress } from '../../src/page/client/address.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { findViolations } from '../helpers/axe.js';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { hostile, long, renderHostilePage } from './hostile-report.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-page-'));
const file = join(folder, 'report.html');
let browser: Browser;
let page: Page;
/** what a page must not do: fail, complain, ask for anything */
const wrongs: string[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As one who sees the button does: what it is for a reader alone lies somewhere below it. */
const choose = (group: string, value: string) => page.click(`label:has(input[name=${group}][value=${value}])`);

describe.skipIf(chromiumPath === undefined)('the page in Chromium, from a file', () => {
  beforeAll(async () => {
    writeFileSync(file, await renderHostilePage());
    browser = await launchChromium();
    page = await openPage();
  });

  afterAll(() => browser?.close());

  afterEach(() => expect(wrongs.splice(0)).toEqual([]));

  it('shows every name as it is written, and runs none', async () => {
    expect(await page.textContent('h1')).toBe(hostile.file);
    expect(await page.title()).toContain(hostile.file);
    expect(await page.textContent('.predicted')).toBe('dogs 75.0 %');
    expect(await page.textContent('.probabilities li:nth-child(2) bdi')).toBe(hostile.className);
    expect(await page.locator('.strip .card b').nth(1).textContent()).toBe(hostile.layer);
    expect(await page.textContent('.over-images li')).toBe(hostile.option);
    const cells = await page.locator('.over-images tbody th, .over-images td').allTextContents();
    expect(cells.map((cell) => cell.trim())).toEqual([hostile.layer, '25.0 %', '50.0 %', '3', '4', '5', '0.88']);
    await goTo(addressOf('image-1', hostile.layer));
    expect(await page.textContent('#layer-title')).toBe(hostile.layer);
    expect(await page.evaluate("'hacked' in globalThis")).toBe(false);
  });

  it('draws the network from the image to the probabilities, and leads to each layer and back', async () => {
    await goTo('#image-1');
    const cards = page.locator('.strip .card b');
    const names = ['input', hostile.layer, 'conv2d_1', 'max_pooling2d_1', 'flatten_1', 'unseen', 'dense_1', 'dense_2'];
    expect(await cards.allTextContents()).toEqual(names);
    expect(await page.locator('.strip .card').last().textContent()).toContain('dogs 75.0 %');
    await page.waitForSelector('.strip canvas[data-painted]');
    const [input] = await readPixels('.strip .card:first-child canvas');
    expect(input?.slice(0, 2)).toEqual([
      [0, 0, 255, 255],
      [255, 0, 255, 255],
    ]);
    await page.click('.strip [data-layer="conv2d_1"]');
    await expect.poll(() => page.textContent('#layer-title')).toBe('conv2d_1');
    expect(await page.evaluate('location.hash')).toBe('#image-1/conv2d_1');
    expect(await page.getAttribute('.strip [data-layer="conv2d_1"]', 'aria-current')).toBe('true');
    await page.click('.strip [data-layer="unseen"]');
    await expect.poll(() => page.textContent('.stage .notice')).toContain('cnnviz report IMAGE --layers');
    await page.goBack();
    await expect.poll(() => page.textContent('#layer-title')).toBe('conv2d_1');
    await page.goBack();
    await expect.poll(() => page.locator('.stage > *').count()).toBe(0);
  });

  it('paints a layer on one canvas in the colors of the pictures, crosses out what is 0, checkers what is no number', async () => {
    await goTo(addressOf('image-1', hostile.layer));
    await choose('order', 'number');
    const ramp = getColormap('viridis').colors;
    const canvas = page.locator('.grid canvas').first();
    const size = ((await canvas.evaluate((element) => (element as unknown as Canvas).width)) - 12) / 3;
    // There are too many pixels to fetch them all.
    const colorsAt = (...places: (readonly [tile: number, across: number, down: number])[]) =>
      canvas.evaluate(
        (element, points) => {
          const picture = element as unknown as Canvas;
          const { data } = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height);
          return points.map(([x, y]) => [...data.slice(4 * (y * picture.width + x)).slice(0, 4)]);
        },
        places.map(
          ([tile, across, down]) =>
            [Math.round(tile * (size + 6) + across * size), Math.round(down * size)] as [number, number],
        ),
      );
    // of 0 to 3: the steps next to 0, 1, 2, 3 of 129, as no channel of its layer is stronger; and no number
    const cells = [0, 1, 2, 3].map((cell) => [0, 0.25 + 0.5 * (cell % 2), 0.25 + 0.5 * Math.floor(cell / 2)] as const);
    expect(await colorsAt(...cells, [2, 0.75, 0.25])).toEqual([
      ...[0, 86, 170, 255].map((place) => [...(ramp[place] as Color), 255]),
      [255, 190, 190, 255],
    ]);
    const labels = () => page.locator('.choices .labels span').allTextContents();
    expect(await labels()).toEqual(['0', 'maximum']);
    await choose('scale', 'zscore');
    expect(await labels()).toEqual(['≤ −2σ', 'mean', '≥ +2σ']);
    await choose('scale', 'strength');
  });

  it('says of the channel under the pointer or chosen by arrow keys what it is, and opens it by click or Enter', async () => {
    await goTo('#image-1/conv2d_1');
    await choose('order', 'number');
    await page.hover('.grid canvas', { position: { x: 5, y: 5 } });
    expect(await page.textContent('.readout')).toContain('Channel 0 · 0 to the score of');
    await page.focus('.grid');
    await page.keyboard.press('End');
    const said = `Channel 19 · +13 to the score of ${hostile.className} · maximum 19, 100.0 % of the layer's`;
    expect(await page.textContent('.readout')).toBe(said);
    expect(await page.getAttribute('.grid', 'aria-valuetext')).toBe(`${said} · 20 of 20`);
    expect(await page.getAttribute('.grid', 'aria-roledescription')).toBe('grid of tiles');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect.poll(channelTitle).toBe('conv2d_1, channel 18');
    await page.keyboard.press('ArrowRight');
    await expect.poll(channelTitle).toBe('conv2d_1, channel 19');
    await page.keyboard.press('ArrowRight');
    await expect.poll(channelTitle).toBe('conv2d_1, channel 0');
    await page.getByRole('button', { name: 'Previous channel' }).click();
    await expect.poll(channelTitle).toBe('conv2d_1, channel 19');
    expect(await page.evaluate('location.hash')).toBe('#image-1/conv2d_1/19');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.textContent('.readout')).toBe(said);
    expect(await page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe('The channels of conv2d_1');
  });

  it('shows a channel with its numbers, and by the scale that is chosen', async () => {
    await goTo('#image-1/conv2d_1/2');
    await expect.poll(channelTitle).toBe('conv2d_1, channel 2');
    expect(await page.textContent('.reading p')).toMatch(
      /^channel 2: fires on 50 % of pixels, .*; contributes \+14 to/,
    );
    expect(await page.locator('.reading dd').allTextContents()).toEqual(['0', '2', '1', '1', '50 %', '14']);
    const labels = () => page.locator('.reading .labels span').allTextContents();
    expect(await labels()).toEqual(['0', '1', '2']);
    await choose('channel-scale', 'zscore');
    expect(await labels()).toEqual(['\u22121', '1', '3']);
    expect(await readPixels('canvas.map', 'ends')).toHaveLength(1);
    await choose('channel-scale', 'strength');
  });

  it('puts the channels in another order, and keeps it for the next layer', async () => {
    await goTo('#image-1/conv2d_1');
    await choose('order', 'contribution');
    await page.focus('.grid');
    await page.keyboard.press('Home');
    // 7 times the number, modulo 20
    expect(await page.textContent('.readout')).toContain('Channel 17 · +19');
    await goTo('#image-1/max_pooling2d_1');
    expect(await page.isChecked('input[name=order][value=contribution]')).toBe(true);
    await page.focus('.grid');
    await page.keyboard.press('Home');
    expect(await page.textContent('.readout')).toContain('Channel 17');
  });

  it('shows units cell by cell, those of a Flatten by where they come from', async () => {
    await goTo('#image-1/dense_1');
    await page.focus('.grid');
    await page.keyboard.press('End');
    expect(await page.textContent('.readout')).toBe('Unit 2 · value 2');
    await goTo('#image-1/flatten_1');
    await page.focus('.grid');
    await page.keyboard.press('End');
    expect(await page.textContent('.readout')).toBe('Unit 19 · channel 19 at x 0, y 0 · value 19');
  });

  it('paints the evidence of both classes on one scale, and fades it', async () => {
    await goTo('#image-1');
    const [against, forDogs] = await readPixels('.overlay canvas', 'ends');
    // The ends of the scale: coolwarm's blue where all speaks against the class, its red where all speaks for it.
    const ramp = getColormap('coolwarm').colors;
    // A canvas holds colors times opacity, and rounds them back.
    const distance = (pixel: number[] = [], color: readonly number[] = []) =>
      Math.max(...color.map((part, index) => Math.abs(part - (pixel[index] as number))));
    expect(distance(against?.[1], [...(ramp[0] as Color), 217])).toBeLessThanOrEqual(1);
    expect(distance(forDogs?.[0], [...(ramp[255] as Color), 217])).toBeLessThanOrEqual(1);
    expect([against?.[0]?.[3], forDogs?.[1]?.[3]]).toEqual([0, 0]);
    const labels = () => page.locator('.evidence .labels span').allTextContents();
    expect(await labels()).toEqual(['−4 against', '0', '4 for']);
    await page.fill('.fade input', '0');
    expect(await page.evaluate("getComputedStyle(document.querySelector('.overlay canvas')).opacity")).toBe('0');
    await page.fill('.fade input', '100');
  });

  it('shows a layer larger and smaller again, and turns dark', async () => {
    await goTo('#image-1/conv2d_1');
    const button = page.locator('button.open');
    const height = () => page.locator('.grid canvas').evaluate((canvas) => canvas.clientHeight);
    const before = await height();
    await button.click();
    expect([await button.getAttribute('aria-pressed'), (await height()) > before]).toEqual(['true', true]);
    await button.click();
    expect([await button.getAttribute('aria-pressed'), await height()]).toEqual(['false', before]);
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await background();
    await page.click('button.theme');
    expect(await background()).not.toBe(light);
    expect(await page.getAttribute('button.theme', 'aria-pressed')).toBe('true');
  });

  it('shows one view at a time, of several images with the way from one to the next', async () => {
    const several = join(folder, 'several.html');
    writeFileSync(several, await renderHostilePage(3));
    const opened = await openPage({}, several);
    const visible = () => opened.locator('section.view:visible').evaluateAll((found) => found.map(({ id }) => id));
    expect(await visible()).toEqual(['image-1']);
    // One that was not opened is a text to the browser.
    expect(await opened.locator('#image-3 :not(noscript, script)').count()).toBe(0);
    await opened.getByRole('link', { name: 'Next image' }).click();
    await expect.poll(visible).toEqual(['image-2']);
    expect(await opened.locator('canvas').count()).toBeLessThan(16);
    expect(await opened.locator('#image-2 .verdict').isVisible()).toBe(true);
    await opened.getByRole('link', { name: 'All images' }).click();
    await expect.poll(visible).toEqual(['all']);
    expect(await opened.getAttribute('nav.views [href="#all"]', 'aria-current')).toBe('page');
    await opened.locator('.contents a').nth(2).click();
    await expect.poll(visible).toEqual(['image-3']);
    await opened.goBack();
    await expect.poll(visible).toEqual(['all']);
    await opened.context().close();
  });

  it.each([
    ['light', 'rgb(31, 122, 116)', 'rgb(28, 28, 34)'],
    ['dark', 'rgb(76, 195, 180)', 'rgb(236, 234, 230)'],
  ] as const)('has curves in its own colors: %s', async (colorScheme, accent, ink) => {
    const other = await openPage({ colorScheme });
    await other.click('nav.views [href="#training"]');
    const curve = other.getByRole('img', { name: 'loss after 2 epochs: training 0.5000, validation 0.6000' });
    const fillOf = (text: string) =>
      curve
        .getByText(text, { exact: true })
        .evaluate((element) => (globalThis as unknown as Styles).getComputedStyle(element).fill);
    expect([await fillOf('training 0.5000'), await fillOf('loss')]).toEqual([accent, ink]);
    await other.context().close();
  });

  it('on paper shows what is shown on the screen, and the evidence however it was faded', async () => {
    await goTo('#image-1');
    const shown = () => page.evaluate("getComputedStyle(document.querySelector('.overlay canvas')).opacity");
    const dispatch = (event: string) => page.evaluate(`dispatchEvent(new Event('${event}'))`);
    await page.fill('.fade input', '0');
    await dispatch('beforeprint');
    expect(await shown()).toBe('1');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.fade:visible, button:visible, nav.views:visible').count()).toBe(0);
    expect(await page.locator('section.view:visible').count()).toBe(1);
    await page.emulateMedia({ media: 'screen' });
    await dispatch('afterprint');
    expect(await shown()).toBe('0');
    await page.fill('.fade input', '100');
  });

  it.each([390, 1000, 1400])('is no wider than a window of %i pixels, however long names are', async (width) => {
    const longNames = join(folder, 'long.html');
    writeFileSync(longNames, await renderHostilePage(2, long));
    const opened = await openPage({ viewport: { width, height: 700 } }, longNames);
    expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
    for (const parts of [['conv2d_1'], [long.layer, 0]]) {
      await opened.evaluate(`location.hash = ${JSON.stringify(addressOf('image-1', ...parts))}`);
      await opened.waitForSelector(`html[data-shown]:has(.stage canvas)`, { state: 'attached' });
      expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await opened.context().close();
  });

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('breaks no rule of accessibility in any view: %s, %i pixels', async (colorScheme, width) => {
    const several = join(folder, 'accessible.html');
    writeFileSync(several, await renderHostilePage(2));
    const opened = await openPage({ colorScheme, viewport: { width, height: 800 } }, several);
    const layers = ['conv2d_1', 'unseen', 'flatten_1', 'dense_1'].map((layer) => addressOf('image-2', layer));
    for (const address of ['#image-1', ...layers, '#image-2/conv2d_1/3', '#all', '#training']) {
      await goTo(address, opened);
      expect([address, await findViolations(opened)]).toEqual([address, []]);
    }
    await opened.context().close();
  });

  it('fits a phone, and needs no script to be read', async () => {
    const phone = await openPage({ viewport: { width: 360, height: 700 } });
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const still = await openPage({ javaScriptEnabled: false });
    // Three layers with maps of their own, and a sentence in the place of the pooled one.
    expect(await still.locator('.sheet img:visible').count()).toBe(3);
    expect(await still.locator('.sheet p:visible').textContent()).toContain('Its maps are those of conv2d_1');
    expect(await still.locator('.overlay svg:visible').count()).toBe(2);
    // The image is 40 x 30 pixels, and its 2 x 2 cells cover it.
    const cells = still.locator('.overlay image').first();
    const places = ['x', 'y', 'width', 'height'].map((name) => cells.getAttribute(name));
    expect(await Promise.all(places)).toEqual(['0', '0', '40', '30']);
    expect(await still.locator('.hero .predicted').textContent()).toBe('dogs 75.0 %');
    expect(await still.locator('section.view:visible').count()).toBe(2);
    expect(await still.locator('button:visible, .fade:visible').count()).toBe(0);
    await phone.context().close();
    await still.context().close();
  });
});

async function openPage(options: Parameters<Browser['newContext']>[0] = {}, path = file): Promise<Page> {
  const context = await browser.newContext({ colorScheme: 'light', ...options });
  context.setDefaultTimeout(50_000);
  const opened = await context.newPage();
  opened.on('console', (message) => wrongs.push(`console: ${message.text()}`));
  opened.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
  const address = pathToFileURL(path).href;
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url !== address && !url.startsWith('data:')) wrongs.push(`request: ${url}`);
    return route.continue();
  });
  await opened.goto(address);
  if (options.javaScriptEnabled !== false) await opened.waitForSelector('html[data-ready]', { state: 'attached' });
  return opened;
}

/** What is needed of the browser's types, which Node's tests do not have. */
interface Styles {
  getComputedStyle(element: unknown): { fill: string };
}

interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: Uint8Array } };
}

/** Of each canvas, its pixels, or the first and the last. */
function readPixels(selector: string, which: 'all' | 'ends' = 'all'): Promise<number[][][]> {
  return page.locator(selector).evaluateAll((found, wanted) => {
    return (found as unknown as Canvas[]).map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const last = data.length / 4 - 1;
      const pixels = wanted === 'ends' ? [0, last] : Array.from({ length: last + 1 }, (_, pixel) => pixel);
      return pixels.map((pixel) => [...data.slice(pixel * 4, pixel * 4 + 4)]);
    });
  }, which);
}

/** Goes to a place of the page, and waits until its script has shown it. */
async function goTo(address: string, opened = page): Promise<void> {
  await opened.evaluate(`location.hash = ${JSON.stringify(address)}`);
  const { view, parts } = parseAddress(address);
  const shown = JSON.stringify(addressOf(view, ...parts));
  await opened.waitForSelector(`html[data-shown=${shown}]`, { state: 'attached' });
}

function channelTitle(): Promise<string | null> {
  return page.textContent('#channel-title');
}
