// One channel and one value of it, in a real browser: pointer, keys, address.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { contributions, convolved, renderSmallPage, score } from './small-page.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-channel-'));
const file = join(folder, 'report.html');
let browser: Browser;
let page: Page;
/** what a page must not do: fail or complain */
const wrongs: string[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readNumber = (text: string) => Number(text.replaceAll(',', '').replace('\u2212', '-').replace('e\u2212', 'e-'));

describe.skipIf(chromiumPath === undefined)('a channel in Chromium, from a file', () => {
  beforeAll(async () => {
    writeFileSync(file, await renderSmallPage());
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    page.setDefaultTimeout(50_000);
    page.on('console', (message) => wrongs.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
    await page.goto(`${pathToFileURL(file).href}#image-1/conv/2/3,4`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
  });

  afterAll(() => browser?.close());

  afterEach(() => expect(wrongs.splice(0)).toEqual([]));

  const reading = () => page.textContent('.cell-reading');
  const hash = () => page.evaluate('location.hash');
  const go = async (address: string, cell: string) => {
    await page.evaluate(`location.hash = '${address}'`);
    const channel = address.split('/')[2];
    await page.waitForSelector(`.channel-view[data-channel="${channel}"] .computation[data-cell="${cell}"]`);
  };

  it('opens at the cell that the address names, and says what it sees', async () => {
    await page.waitForSelector('.computation[data-cell="3,4"]');
    expect(await page.textContent('.channel-view h2')).toBe('conv, channel 2');
    const words = (await reading()) ?? '';
    const [, value = ''] =
      /^Column 3, row 4: ([^ ]+) ± [^ ]+\. It sees columns 2 to 4 and rows 3 to 5 of 12 × 12 pixels\.$/.exec(words) ??
      [];
    expect(readNumber(value)).toBeCloseTo(convolved[2]?.values[4 * 12 + 3] as number, 1);
  });

  it('moves by keys, and its address with it, without a step for Back', async () => {
    await go('#image-1/conv/2/3,4', '3,4');
    const steps = await page.evaluate('history.length');
    await page.focus('.on-map');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.computation[data-cell="4,4"]');
    expect(await hash()).toBe('#image-1/conv/2/4,4');
    for (const key of ['ArrowDown', 'End', 'PageUp']) await page.keyboard.press(key);
    await page.waitForSelector('.computation[data-cell="11,0"]');
    expect(await page.textContent('.channel-view h2')).toBe('conv, channel 2');
    expect(await page.evaluate("document.activeElement.classList.contains('on-map')")).toBe(true);
    expect(await page.evaluate('history.length')).toBe(steps);
  });

  it('follows the pointer on both pictures; a click keeps the cell in the address', async () => {
    await go('#image-1/conv/2/3,4', '3,4');
    const over = async (selector: string, x: number, y: number) => {
      const box = (await page.locator(selector).boundingBox()) as {
        x: number;
        y: number;
        width: number;
        height: number;
      };
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    };
    await page.locator('.pair').scrollIntoViewIfNeeded();
    await over('.on-image', 0.04, 0.96);
    await page.waitForSelector('.computation[data-cell="0,11"]');
    expect(await hash()).toBe('#image-1/conv/2/3,4');
    await over('.on-map', 0.54, 0.46);
    await page.waitForSelector('.computation[data-cell="6,5"]');
    await page.mouse.down();
    await page.mouse.up();
    await expect.poll(hash).toBe('#image-1/conv/2/6,5');
    // One crosshair on both, and what the cell sees on the photograph.
    const lines = await page
      .locator('.marks .down')
      .evaluateAll((all) => all.map((line) => (line as unknown as Styled).style.left));
    expect(lines).toEqual(['54.1667%', '54.1667%']);
    const box = await page
      .locator('.on-image .box')
      .evaluate((element) => ({ ...(element as unknown as Styled).style }));
    expect([box.left, box.width]).toEqual(['41.6667%', '25%']);
  });

  it('comes back by Back to the cell that was kept', async () => {
    await go('#image-1/conv/2/3,4', '3,4');
    await go('#image-1/conv/5/1,1', '1,1');
    await page.goBack();
    await page.waitForSelector('.channel-view[data-channel="2"] .computation[data-cell="3,4"]');
  });

  it('computes what the network does, and prints terms that add up, padding hatched', async () => {
    const largest = Math.max(...convolved.flatMap(({ values }) => [...values]));
    for (let round = 0; round < 40; round++) {
      const [channel, x, y] = [round % 7, (round * 5) % 12, (round * 7) % 12];
      await go(`#image-1/conv/${channel}/${x},${y}`, `${x},${y}`);
      const rows = await page.locator('.computation .terms > li').evaluateAll((all) => {
        return (all as unknown as Row[]).map((row) => row.querySelector('.amount').textContent);
      });
      const names = await page.locator('.computation .terms .name').allTextContents();
      expect(names.slice(0, 3).toSorted()).toEqual(['blue of the input', 'green of the input', 'red of the input']);
      expect(names.slice(3)).toEqual(['bias', 'sum', 'after relu']);
      const digits = rows[0]?.split('.')[1]?.length ?? 0;
      const units = rows.map((text) => Math.round(readNumber(text) * 10 ** digits));
      expect(units.slice(0, 4).reduce((sum, each) => sum + each, 0)).toBe(units[4]);
      const value = readNumber(rows[5] ?? '');
      expect(Math.abs(value - (convolved[channel]?.values[y * 12 + x] as number)) / largest).toBeLessThan(0.01);
      const isAtEdge = x === 0 || y === 0 || x === 11 || y === 11;
      expect((await page.locator('.computation .padding').count()) > 0).toBe(isAtEdge);
    }
  });

  it('says of a channel without patches and dreams how to get them', async () => {
    await go('#image-1/conv/2/3,4', '3,4');
    expect(await page.textContent('.channel-view .patches')).toContain('cnnviz patches DIR --layers conv --channels 2');
    expect(await page.textContent('.channel-view .dream')).toContain('cnnviz dream --layers conv --channels 2');
  });

  it('marks a dream that reaches no more than images do', async () => {
    await go('#image-1/conv/0/0,0', '0,0');
    expect(await page.textContent('.channel-view .dream .alarm')).toMatch(/^Failed: /);
    const caption = await page.textContent('.channel-view .dream .caption');
    expect(caption).toContain('a mean of 0.5. The highest mean of any image is 0.75.');
  });

  it('shows the patches and the dream of a channel that the page has', async () => {
    await go('#image-1/conv/1/3,4', '3,4');
    expect(await page.textContent('.channel-view .patches .caption')).toContain('0.75 (cats), 0.5.');
    const caption = await page.textContent('.channel-view .dream .caption');
    expect(caption).toContain('a mean of 0.25. The highest mean of any image is 0.125.');
    expect(await page.locator('.channel-view .dream .alarm').count()).toBe(0);
    const widths = () =>
      page
        .locator('.channel-view :is(.patches, .dream) img')
        .evaluateAll((all) => (all as unknown as { naturalWidth: number }[]).map(({ naturalWidth }) => naturalWidth));
    await expect.poll(widths).toEqual([20, 20]);
  });

  it("has the article's scale one click away, and keeps it for the next channel", async () => {
    await go('#image-1/conv/2/3,4', '3,4');
    await page.click('.channel-view label:has(input[value=zscore])');
    await page.getByRole('button', { name: 'Next channel' }).click();
    await page.waitForSelector('.channel-view[data-channel="3"]');
    expect(await page.isChecked('.channel-view input[value=zscore]')).toBe(true);
  });

  it('computes a unit of a dense layer', async () => {
    await go('#image-1/last/0', '0,0');
    expect(await page.textContent('.computation .said')).toContain('7 values, each times its weight');
    const total = await page.locator('.computation .total .amount').first().textContent();
    expect(readNumber(total ?? '')).toBeCloseTo(score, 1);
  });

  it('says of a unit what it adds to the score, and leads back to the units', async () => {
    await go('#image-1/means/3', '0,0');
    const said = await page.locator('.channel-view > p').allTextContents();
    const [, part = ''] = /^(\S+) to the score of dogs$/.exec(said[1] ?? '') ?? [];
    expect(readNumber(part)).toBeCloseTo(contributions[3] as number, 2);
    expect(await page.textContent('.ways a')).toBe('Back to all units of means');
  });

  it('shows the probability of the second class as such, from 0 to 1', async () => {
    await page.evaluate("location.hash = '#image-1/last'");
    await page.waitForSelector('html[data-shown="#image-1/last"]', { state: 'attached' });
    expect(await page.textContent('.layer-view .caption')).toMatch(/, the probability of dogs$/);
    expect(await page.textContent('.layer-view .color-bar')).toMatch(/^0.*[^.\d]?1$/);
    await page.focus('.grid');
    await page.keyboard.press('End');
    expect(await page.textContent('.readout')).toMatch(/^Unit 0 · dogs · value 0\.\d+$/);
  });

  it('prints a difference that is that of what it prints', async () => {
    for (const cell of ['3,4', '5,5', '7,2', '8,8', '10,10']) {
      await go(`#image-1/conv/2/${cell}`, cell);
      const said = (await page.textContent('.computation .said')) ?? '';
      const [, ...numbers] = /Computed: (\S+); the page has (\S+) ± \S+: a difference of (\S+), /.exec(said) ?? [];
      const [computed, stored, difference] = numbers.map(readNumber) as [number, number, number];
      expect(difference).toBeCloseTo(Math.abs(computed - stored), 6);
    }
  });

  it('shows at #image-1/score how it came to the score, at a channel not', async () => {
    await page.evaluate("location.hash = '#image-1/score'");
    await expect.poll(() => page.isVisible('section.score')).toBe(true);
    // Below 0, which speaks for cats.
    expect(await page.textContent('.score tfoot th')).toBe('score for cats');
    expect(await page.textContent('.score tfoot .amount')).toBe((-score).toFixed(4));
    await go('#image-1/conv/2/3,4', '3,4');
    expect(await page.isVisible('section.score')).toBe(false);
  });

  it.each([320, 390, 1440])('is no wider than a window of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await go('#image-1/conv/4/0,0', '0,0');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.evaluate("location.hash = '#image-1/score'");
    await expect.poll(() => page.isVisible('section.score')).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});

/** What is needed of the browser's types, which Node's tests do not have. */
interface Styled {
  style: { left: string; width: string };
}

interface Row {
  querySelector(selector: string): { textContent: string };
}
