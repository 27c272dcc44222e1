// The page in windows of every size, on paper, and in the system's colors.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { renderHostilePage } from './hostile-report.js';
import { renderSmallPage } from './small-page.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-layout-'));
const [several, small] = ['several.html', 'small.html'].map((name) => join(folder, name)) as [string, string];
let browser: Browser;
let page: Page;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(chromiumPath === undefined)('the layout of the page in Chromium', () => {
  beforeAll(async () => {
    writeFileSync(several, await renderHostilePage(3));
    writeFileSync(small, await renderSmallPage());
    browser = await launchChromium();
    page = await browser.newPage({ colorScheme: 'light' });
    page.setDefaultTimeout(50_000);
  });

  afterAll(() => browser?.close());

  beforeEach(() => page.emulateMedia({ media: null, colorScheme: 'light', forcedColors: null }));

  const open = async (file: string, hash: string, [width, height]: readonly [number, number] = [1440, 900]) => {
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    await page.waitForSelector(`html[data-shown="${hash}"]`, { state: 'attached' });
  };
  /** All at once: what is painted later may move them. */
  const boxes = (...selectors: string[]) =>
    page.evaluate<DOMRectangle[]>(
      `${JSON.stringify(selectors)}.map((each) => document.querySelector(each).getBoundingClientRect().toJSON())`,
    ) as Promise<[DOMRectangle, DOMRectangle]>;
  const box = async (selector: string) => (await boxes(selector))[0];
  const styleOf = (selector: string, property: string) =>
    page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`);

  it('uses the width of a projector: larger text, larger maps, what belongs together side by side', async () => {
    await open(small, '#image-1/conv');
    const [text, grid] = [await styleOf('html', 'fontSize'), await box('.grid canvas')];
    // The maps begin in the upper half of a usual window.
    expect([text, grid.y < 450]).toEqual(['16px', true]);
    await open(small, '#image-1/conv', [3840, 2160]);
    const wide = await box('.grid canvas');
    expect(Number.parseFloat(String(await styleOf('html', 'fontSize')))).toBeGreaterThan(22);
    expect(wide.width / grid.width).toBeGreaterThan(2);
    expect(wide.y + wide.height).toBeLessThan(2160);
    await open(small, '#image-1/conv/2', [3840, 2160]);
    const [pair, computation] = await boxes('.pair', '.computation');
    expect([pair.width > 1500, computation.x > pair.x + pair.width - 1, computation.y < pair.y + 1]).toEqual([
      ...[true, true, true],
    ]);
  });

  it('puts the map above the image on a phone', async () => {
    await open(small, '#image-1/conv/2', [320, 700]);
    const [map, image] = await boxes('.on-map', '.on-image');
    expect([map.width > 250, image.y >= map.y + map.height]).toEqual([true, true]);
  });

  it('lets the amounts of a sum be read down one column', async () => {
    for (const size of [
      [320, 700],
      [1440, 900],
      [3840, 2160],
    ] as const) {
      await open(small, '#image-1/conv/2', size);
      const ends = await page
        .locator('.terms .amount')
        .evaluateAll((all) => all.map((each) => (each as unknown as Box).getBoundingClientRect().right));
      expect([size, ends.length, new Set(ends.map(Math.round)).size]).toEqual([size, 6, 1]);
    }
  });

  it('prints what is shown: light, without anything to press, as many pages as that takes', async () => {
    await open(several, '#image-1/conv2d_1');
    await page.click('button.theme');
    const pages = async () => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length;
    expect(await pages()).toBe(1);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('section.view:visible').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'image-1',
    ]);
    expect(await page.locator('button:visible, input:not([type=radio]):visible, nav:visible').count()).toBe(0);
    expect(await styleOf('html', 'colorScheme')).toBe('light');
    // Twenty channels, row by row, and no row wider than the paper.
    expect(await page.locator('.rows canvas:visible').count()).toBe(4);
    expect(await page.locator('.grid > canvas:visible').count()).toBe(0);
    expect((await box('.rows canvas')).width).toBeLessThanOrEqual(688);
    await page.emulateMedia({ media: null });
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('.rows canvas').count()).toBe(0);
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    await page.click('nav.views [href="#training"]');
    await page.waitForSelector('html[data-shown="#training"]', { state: 'attached' });
    expect(await pages()).toBe(1);
  });

  it('prints by its button what has not been seen yet, too', async () => {
    await open(several, '#image-1', [1440, 120]);
    await page.evaluate('globalThis.print = () => { globalThis.printed = true; }');
    const painted = () => page.locator('.strip canvas[data-painted]').count();
    const all = await page.locator('.strip canvas').count();
    expect(await painted()).toBeLessThan(all);
    await page.getByRole('button', { name: 'Print what is shown' }).click();
    await page.waitForFunction('globalThis.printed');
    expect(await painted()).toBe(all);
  });

  it("marks what is chosen in the system's colors, too, and leaves pictures theirs", async () => {
    await open(small, '#image-1/conv/2');
    await page.emulateMedia({ forcedColors: 'active' });
    const colors = '(each) => getComputedStyle(each).backgroundColor';
    const [chosen, other] = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.choice input:checked + span, .choice input:not(:checked) + span')].map(${colors})`,
    );
    expect(chosen).not.toBe(other);
    const cells = await page.evaluate<string[]>(`[...document.querySelectorAll('.numbers span')].map(${colors})`);
    expect(new Set(cells).size).toBeGreaterThan(5);
    expect(await styleOf('.card[aria-current]', 'outlineStyle')).toBe('solid');
  });

  it('says where an address led to', async () => {
    await open(several, '#image-1/conv2d_1');
    expect(await page.evaluate('document.activeElement.id')).toBe('layer-title');
    await page.focus('.strip [data-layer="dense_1"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-shown="#image-1/dense_1"]', { state: 'attached' });
    expect(await page.evaluate('document.activeElement.dataset.layer')).toBe('dense_1');
  });

  it('calls the channels of the input by their colors, and says why a layer has no picture', async () => {
    await open(several, '#image-1/input');
    await page.focus('.grid');
    await page.keyboard.press('Home');
    expect(await page.textContent('.readout')).toMatch(/^(red|green|blue) · /);
    expect(await page.textContent('.strip [data-layer="flatten_1"] .empty')).toBe('the same values, in one row');
    expect(await page.textContent('.strip [data-layer="unseen"] .empty')).toBe('not stored --layers all stores it');
  });
});

/** What is needed of the browser's types, which Node's tests do not have. */
interface DOMRectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Box {
  getBoundingClientRect(): { right: number };
}
