import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../../helpers/chromium.js';
import { writeGalleryPage } from './gallery-page.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-gallery-page-'));
let browser: Browser;
let page: Page;
/** what a page must not do: fail, complain, ask for anything */
const wrongs: string[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(chromiumPath === undefined)('all images, in Chromium', () => {
  beforeAll(async () => {
    await writeGalleryPage(join(folder, 'report.html'), 150);
    browser = await launchChromium();
    page = await openPage();
  });

  afterAll(() => browser?.close());

  afterEach(() => expect(wrongs.splice(0)).toEqual([]));

  it('shows what an address says, makes so many tiles at a time, and goes back', async () => {
    await go('#all');
    expect(await status()).toBe('150 images');
    expect(await tiles().count()).toBe(60);
    await page.click('button.more');
    expect(await tiles().count()).toBe(120);
    expect(await focusedText()).toContain('jpg');
    await go('#all/wrong');
    expect(await status()).toBe('76 of 150 images');
    expect(await page.locator('.entries .right').count()).toBe(0);
    await page.goBack();
    await expect.poll(status).toBe('150 images');
  });

  it('filters by the cells of the confusion matrix, and marks the one that is chosen', async () => {
    await go('#all');
    await page.click('.confusions a[href="#all/1-0"]');
    await expect.poll(status).toBe('57 of 150 images');
    expect(await page.getAttribute('.confusions a[href="#all/1-0"]', 'aria-current')).toBe('true');
    expect(await page.inputValue('#gallery-truth')).toBe('1');
    expect(await page.inputValue('#gallery-predicted')).toBe('0');
    await page.selectOption('#gallery-truth', '');
    await expect.poll(status).toBe('113 of 150 images');
    expect(await hash()).toBe('#all/-0');
    expect(await page.locator('.confusions [aria-current]').count()).toBe(0);
  });

  it('filters by right, wrong and unsure, with a count each', async () => {
    await go('#all');
    const words = await page.locator('.words a').allTextContents();
    expect(words).toEqual(['all 150', 'right 56', 'wrong 76', 'unsure (below 60 %) 19']);
    await page.click('#gallery-unsure');
    await expect.poll(status).toBe('19 of 150 images');
    expect(await page.getAttribute('#gallery-unsure', 'aria-current')).toBe('true');
    await expect.poll(focusedId).toBe('gallery-unsure');
  });

  it('sorts by surprise first, and as chosen', async () => {
    await go('#all');
    expect(await tiles().first().textContent()).toContain('wrong, folder: dogs');
    await page.focus('#gallery-sort');
    await page.selectOption('#gallery-sort', 'name');
    await expect.poll(hash).toBe('#all/?name');
    expect(await tiles().first().textContent()).toContain('<i>0.jpg');
    await expect.poll(focusedId).toBe('gallery-sort');
    await page.selectOption('#gallery-sort', 'unsure');
    await expect.poll(() => tiles().first().textContent()).toContain('55.0 %');
  });

  it('paints the evidence over images that are looked at, on one scale, and takes it off', async () => {
    await go('#all/?name');
    const painted = () =>
      page
        .locator('.entries canvas')
        .evaluateAll((all) => all.filter((canvas) => (canvas as unknown as { width: number }).width === 64).length);
    await expect.poll(painted).toBeGreaterThan(0);
    expect(await painted()).toBeLessThan(60);
    const pixel = await page
      .locator('.entries canvas')
      .first()
      .evaluate((canvas) => {
        const context = (canvas as unknown as Canvas).getContext('2d');
        const { data } = context.getImageData(5, 5, 1, 56);
        return [...data.slice(55 * 4), ...data.slice(0, 4)];
      });
    // Lower left: 4 of a scale to 8, for the class; upper left: 0.
    expect(pixel[0]).toBeGreaterThan(150);
    expect([(pixel[3] as number) > 100, pixel[7]]).toEqual([true, 0]);
    await page.uncheck('.show-maps input');
    expect(await page.locator('.entries canvas').first().isVisible()).toBe(false);
    await page.check('.show-maps input');
  });

  it('opens one larger by Enter, goes to the next, and comes back to its tile', async () => {
    await go('#all/wrong?name');
    await tiles().nth(1).locator('a').focus();
    const name = await tiles().nth(1).locator('bdi').textContent();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.textContent('.entry h2')).toBe(name);
    expect(await focusedId()).toBe('entry-title');
    expect(await page.locator('.entry dl div').allTextContents()).toEqual(['cats <b>70.0 %', 'dogs30.0 %']);
    expect(await page.textContent('.entry .reading')).toContain(
      'Strongest evidence: column 0, row 1 of 2 × 2 cells, counted from 0.',
    );
    const second = await page.getAttribute('.entry .next', 'href');
    await page.click('.entry .next');
    await expect.poll(hash).toBe(second);
    await page.goBack();
    await expect.poll(() => page.textContent('.entry h2')).toBe(name);
    await page.click('.entry .back');
    await expect.poll(status).toBe('76 of 150 images');
    expect(await focusedText()).toContain(name);
    expect(await hash()).toBe('#all/wrong?name');
  });

  it('leads from an image to those that are like it, and from one in full to its layers', async () => {
    await go('#all/5');
    const neighbors = page.locator('.alike li a');
    expect(await neighbors.count()).toBe(2);
    await neighbors.first().click();
    await expect.poll(hash).toBe('#all/6');
    await go('#all/?name');
    await tiles().first().locator('a').click();
    await expect.poll(hash).toBe('#image-1');
    expect(await page.locator('#all').isVisible()).toBe(false);
  });

  it('says where the strongest evidence lies', async () => {
    await go('#all');
    const sentences = await page.locator('.averages figcaption').allTextContents();
    expect(sentences[0]).toMatch(/of 150 images have their strongest evidence for cats <b> in the left column\./);
    expect(await page.locator('.averages svg').first().getAttribute('aria-label')).toContain('in the left column');
  });

  it.each([320, 390, 1440])('is no wider than a window of %i pixels', async (width) => {
    const other = await openPage({ viewport: { width, height: 800 } });
    for (const address of ['#all', '#all/5']) {
      await go(address, other);
      expect(await other.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await other.context().close();
  });

  it('lists every image without a script', async () => {
    const still = await openPage({ javaScriptEnabled: false });
    expect(await still.locator('#all ol.entries img').count()).toBe(150);
    expect(await still.locator('.averages svg text').count()).toBeGreaterThan(0);
    expect(await still.locator('#all button:visible, #all select:visible').count()).toBe(0);
    await still.context().close();
  });
});

interface Canvas {
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: Uint8Array } };
}

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ colorScheme: 'light', ...options });
  context.setDefaultTimeout(50_000);
  const opened = await context.newPage();
  opened.on('console', (message) => wrongs.push(`console: ${message.text()}`));
  opened.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
  const address = pathToFileURL(join(folder, 'report.html')).href;
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url !== address && !url.startsWith('data:')) wrongs.push(`request: ${url}`);
    return route.continue();
  });
  await opened.goto(address);
  if (options.javaScriptEnabled !== false) await opened.waitForSelector('html[data-ready]', { state: 'attached' });
  return opened;
}

async function go(address: string, on = page): Promise<void> {
  await on.evaluate(`location.hash = ${JSON.stringify(address)}`);
  await on.waitForSelector(/^#all\/\d+$/.test(address) ? '.entry:visible' : '.status:visible');
}

const tiles = () => page.locator('.tiles-of-photographs .entries > li');
const status = () => page.textContent('.status');
const hash = () => page.evaluate('location.hash');
const focusedId = () => page.evaluate('document.activeElement.id');
const focusedText = () => page.evaluate('document.activeElement.textContent');
