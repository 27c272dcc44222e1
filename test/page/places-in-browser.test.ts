// The places of the page in a real browser: addresses, Back, titles, and the way past the navigation.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { hostile, renderHostilePage } from './hostile-report.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-places-'));
const address = pathToFileURL(join(folder, 'report.html')).href;
let browser: Browser;
let page: Page;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(chromiumPath === undefined)('places in Chromium, from a file', () => {
  beforeAll(async () => {
    writeFileSync(join(folder, 'report.html'), await renderHostilePage(2));
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(50_000);
  });

  afterAll(() => browser?.close());

  beforeEach(() => load());

  const load = async (hash = '') => {
    await page.goto('about:blank');
    await page.goto(address + hash);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
  };
  const shown = (hash: string) => page.waitForSelector(`html[data-shown="${hash}"]`, { state: 'attached' });
  const hash = () => page.evaluate('location.hash');

  it('comes back to the first place, which has no address', async () => {
    await page.click('.strip [data-layer="conv2d_1"]');
    await shown('#image-1/conv2d_1');
    await page.goBack();
    await shown('#image-1');
    expect([await hash(), await page.locator('.stage > *').count()]).toEqual(['', 0]);
  });

  it.each([
    ['#image-1/nolayer', '#image-1'],
    ['#image-1/conv2d_1/999', '#image-1/conv2d_1'],
    ['#image-1/conv2d_1/abc', '#image-1/conv2d_1'],
    ['#image-1/conv2d_1/2/99,0', '#image-1/conv2d_1/2'],
    ['#image-9', '#image-1'],
    ['#bogus', '#image-1'],
  ])('shows the nearest place for %s, and says so', async (asked, found) => {
    await load(asked);
    await shown(found);
    expect(await hash()).toBe(found);
    expect(await page.textContent('.missed:visible')).toContain(`does not have ${asked}.`);
    await page.click('nav.views [href="#training"]');
    await shown('#training');
    expect(await page.locator('.missed:visible').count()).toBe(0);
  });

  it('leads past the navigation without another address', async () => {
    await load('#image-1/conv2d_1');
    const steps = await page.evaluate('history.length');
    await page.focus('.skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    expect([await hash(), await page.evaluate('history.length')]).toEqual(['#image-1/conv2d_1', steps]);
  });

  it('names each place in the title', async () => {
    const titles: Record<string, string> = {
      '#image-1': `${hostile.file} · cnnviz`,
      '#image-1/conv2d_1': `conv2d_1 – ${hostile.file} · cnnviz`,
      '#image-1/conv2d_1/3': `conv2d_1, channel 3 – ${hostile.file} · cnnviz`,
      '#image-1/dense_1/1': `dense_1, unit 1 – ${hostile.file} · cnnviz`,
      '#image-1/input/0': `input, red – ${hostile.file} · cnnviz`,
      '#training': `Training · ${hostile.file}: dogs, 75.0 % · cnnviz`,
    };
    for (const [place, title] of Object.entries(titles)) {
      await page.evaluate(`location.hash = '${place}'`);
      await shown(place);
      expect([place, await page.title()]).toEqual([place, title]);
    }
  });

  it('goes back by Escape to the layer that a channel was opened from, without another step', async () => {
    await page.click('.strip [data-layer="conv2d_1"]');
    await shown('#image-1/conv2d_1');
    await page.focus('.grid');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.channel-view');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await shown('#image-1/conv2d_1');
    await page.goBack();
    await shown('#image-1');
  });

  it('says of the input what it is, and not how it is computed', async () => {
    await load('#image-1/input/0');
    expect(await page.textContent('#channel-title')).toBe('input, red');
    expect(await page.textContent('.cell-reading')).toMatch(/^Column \d+, row \d+: [^ ]+\.$/);
    expect(await page.locator('.computation, .patches, .dream, .sentences').count()).toBe(0);
  });
});
