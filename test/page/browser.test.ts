import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Color } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { hostile, long, renderHostilePage } from './hostile-report.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-page-'));
const file = join(folder, 'report.html');
let browser: Browser;
let page: Page;
/** what a page must not do: fail, complain, ask for anything */
const wrongs: string[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
    expect(await page.textContent('.layer h3')).toBe(hostile.layer);
    expect(await page.textContent('.over-images li')).toBe(hostile.option);
    const cells = await page.locator('.over-images tbody th, .over-images td').allTextContents();
    expect(cells.map((cell) => cell.trim())).toEqual([hostile.layer, '25.0 %', '50.0 %', '3', '4', '5', '0.88']);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  });

  it('paints channels in the colors of the pictures, crosses out the dead one, checkers what is no number', async () => {
    await page.check('.choices input[value=minmax]', { force: true });
    const ramp = getColormap('viridis').colors;
    const [first] = await readPixels('.layer:nth-of-type(1) .tile:nth-child(1) canvas');
    expect(first).toEqual([0, 85, 170, 255].map((place) => [...(ramp[place] as Color), 255]));
    expect(await page.locator('.layer').first().locator('.tile svg').count()).toBe(1);
    const [broken] = await readPixels('.layer:nth-of-type(1) .tile:nth-child(3) canvas');
    expect(broken?.[1]).toEqual([255, 190, 190, 255]);
    const labels = () => page.locator('.choices .labels span').allTextContents();
    expect(await labels()).toEqual(['minimum', 'maximum']);
    await page.check('.choices input[value=zscore]', { force: true });
    expect(await labels()).toEqual(['≤ −2σ', 'mean', '≥ +2σ']);
  });

  it('paints the evidence of both classes on one scale, and fades it', async () => {
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
    expect(await labels()).toEqual(['against −4', '0', 'for 4']);
    await page.fill('.fade input', '0');
    expect(await page.evaluate("getComputedStyle(document.querySelector('.overlay canvas')).opacity")).toBe('0');
    await page.fill('.fade input', '100');
  });

  it('opens a channel by click, turns to its neighbors by arrow keys, closes by Escape and is back where it was', async () => {
    await page.click('.layer:nth-of-type(2) .tile:nth-child(20)');
    const dialog = page.locator('dialog.channel');
    await expect.poll(dialogTitle).toBe('conv2d_1, channel 19');
    expect(await dialog.locator('.reading > p').textContent()).toBe('channel 19: of a test');
    expect(await dialog.locator('.labels span').allTextContents()).toEqual(['−10.7', '5.25', '21.2']);
    await page.keyboard.press('ArrowRight');
    await expect.poll(dialogTitle).toBe('conv2d_1, channel 0');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(dialogTitle).toBe('conv2d_1, channel 18');
    await dialog.getByText('minimum to maximum of the channel').click();
    await expect.poll(() => dialog.locator('.labels span').allTextContents()).toEqual(['0', '9', '18']);
    await closeDialog(() => page.keyboard.press('Escape'));
    expect(await dialog.isVisible()).toBe(false);
    expect(await focusedLabel()).toBe('Channel 18');
  });

  it('goes through the tiles by arrow keys, with one stop of Tab a layer, and opens one by Enter', async () => {
    await page.focus('.layer:nth-of-type(2) .tile[tabindex="0"]');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focusedLabel).toBe('Channel 16');
    await page.keyboard.press('Enter');
    await expect.poll(dialogTitle).toBe('conv2d_1, channel 16');
    await closeDialog(() => page.keyboard.press('Escape'));
    expect(await focusedLabel()).toBe('Channel 16');
    await page.keyboard.press('Tab');
    await expect.poll(focusedLabel).toBe('All units, enlarged');
  });

  it('leaves the focus where the next key has moved it, however fast it comes after Escape', async () => {
    for (let round = 0; round < 5; round++) {
      await page.focus('.layer:nth-of-type(2) .tile[tabindex="0"]');
      await page.keyboard.press('Home');
      await page.keyboard.press('Enter');
      await expect.poll(dialogTitle).toBe('conv2d_1, channel 0');
      // All three are under way before the page has answered to the first.
      const keys = ['ArrowRight', 'Escape', 'Tab'];
      await closeDialog(() => Promise.all(keys.map((key) => page.keyboard.press(key))));
      expect(await focusedLabel()).toBe('All units, enlarged');
      await page.keyboard.press('Shift+Tab');
      await expect.poll(focusedLabel).toBe('Channel 1');
    }
  });

  it('closes a channel by its button, and by a click beside it', async () => {
    const open = () => page.click('.layer:nth-of-type(2) .tile:nth-child(3)');
    await open();
    await closeDialog(() => page.click('dialog.channel .close'));
    expect(await focusedLabel()).toBe('Channel 2');
    await open();
    await closeDialog(() => page.mouse.click(3, 3));
    expect(await focusedLabel()).toBe('Channel 2');
  });

  it('puts the channels in another order, and goes through them in it', async () => {
    await page.check('.choices input[value=contribution]', { force: true });
    expect(await page.locator('.choices label:has(input[value=contribution])').textContent()).toBe(
      `by contribution to ${hostile.className}`,
    );
    const tiles = page.locator('.layer').nth(1).locator('.tile');
    const labels = () => tiles.evaluateAll((found) => found.map((tile) => tile.getAttribute('aria-label')));
    // 7 times the number, modulo 20
    expect((await labels()).slice(0, 4)).toEqual(['Channel 17', 'Channel 14', 'Channel 11', 'Channel 8']);
    await tiles.first().click();
    await page.keyboard.press('ArrowRight');
    await expect.poll(dialogTitle).toBe('conv2d_1, channel 14');
    expect(await page.locator('dialog.channel dt').last().textContent()).toBe(`contribution to ${hostile.className}`);
    expect(await page.locator('dialog.channel dd').last().textContent()).toBe('18');
    await closeDialog(() => page.keyboard.press('Escape'));
    expect(await focusedLabel()).toBe('Channel 14');
    await page.check('.choices input[value=number]', { force: true });
  });

  it('shows a layer larger and smaller again, and turns dark', async () => {
    const button = page.locator('.layer').nth(1).locator('button.open');
    const width = () =>
      page
        .locator('.layer')
        .nth(1)
        .locator('.tile')
        .first()
        .evaluate((tile) => tile.clientWidth);
    const before = await width();
    await button.click();
    expect([await button.getAttribute('aria-expanded'), (await width()) > before]).toEqual(['true', true]);
    await button.click();
    expect([await button.getAttribute('aria-expanded'), await width()]).toEqual(['false', before]);
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await background();
    await page.click('button.theme');
    expect(await background()).not.toBe(light);
    expect(await page.getAttribute('button.theme', 'aria-pressed')).toBe('true');
  });

  it.each([
    ['light', 'rgb(31, 122, 116)', 'rgb(28, 28, 34)'],
    ['dark', 'rgb(76, 195, 180)', 'rgb(236, 234, 230)'],
  ] as const)('has curves in its own colors: %s', async (colorScheme, accent, ink) => {
    const other = await openPage({ colorScheme });
    const curve = other.getByRole('img', { name: 'loss after 2 epochs: training 0.5000, validation 0.6000' });
    const fillOf = (text: string) =>
      curve
        .getByText(text, { exact: true })
        .evaluate((element) => (globalThis as unknown as Styles).getComputedStyle(element).fill);
    expect([await fillOf('training 0.5000'), await fillOf('loss')]).toEqual([accent, ink]);
    await other.context().close();
  });

  it('on paper shows the evidence however it was faded, and says what is chosen', async () => {
    const shown = () => page.evaluate("getComputedStyle(document.querySelector('.overlay canvas')).opacity");
    const dispatch = (event: string) => page.evaluate(`dispatchEvent(new Event('${event}'))`);
    await page.fill('.fade input', '0');
    await dispatch('beforeprint');
    expect(await shown()).toBe('1');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.fade:visible, button.theme:visible').count()).toBe(0);
    expect(await page.locator('.choices label:visible').allTextContents()).toEqual([
      'mean ± 2σ of the channel',
      'by number',
    ]);
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
    await opened.click('.layer:nth-of-type(2) .tile:nth-child(2)');
    await opened.waitForSelector('dialog.channel[open]');
    const overflow =
      "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog.channel'))";
    expect(await opened.evaluate(overflow)).toBe(0);
    expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await opened.context().close();
  });

  it('fits a phone, and needs no script to be read', async () => {
    const phone = await openPage({ viewport: { width: 360, height: 700 } });
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const still = await openPage({ javaScriptEnabled: false });
    expect(await still.locator('.grid img').count()).toBe(3);
    expect(await still.locator('button:visible, .fade:visible').count()).toBe(0);
    expect(await still.textContent('.choices')).toContain("each channel's minimum");
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

function focusedLabel(): Promise<unknown> {
  return page.evaluate("document.activeElement?.getAttribute('aria-label')");
}

function dialogTitle(): Promise<string | null> {
  return page.textContent('dialog.channel h2');
}

/** Does what closes the dialog, and waits until the page has heard of it: `close` comes a task after the closing. */
async function closeDialog(act: () => Promise<unknown>): Promise<void> {
  const dialog = await page.$('dialog.channel');
  await dialog?.evaluate((element) => {
    const { dataset } = element as unknown as { dataset: Record<string, string> };
    delete dataset.closed;
    element.addEventListener('close', () => setTimeout(() => Object.assign(dataset, { closed: '' })), { once: true });
  });
  await act();
  await page.waitForSelector('dialog.channel[data-closed]', { state: 'attached' });
}
