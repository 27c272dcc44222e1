// The images of a film as places of the live page, in a real browser.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LiveServer, serveRun } from '../../src/live/serve-run.js';
import { findViolations } from '../helpers/axe.js';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { useGrowingRun } from './growing-run.js';

const run = useGrowingRun();
let browser: Browser;
let server: LiveServer;
let page: Page;
/** what a page must not do: fail, or complain */
const wrongs: string[] = [];

const text = (selector: string) => page.locator(`${selector}:visible`).first().textContent();
/** What comes in time, on a slow machine too. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 });
const shown = (hash: string) => page.waitForSelector(`html[data-shown="${hash}"]`, { state: 'attached' });
const epochIs = (epoch: number) =>
  page.waitForSelector(`html[data-shown] .image.current[data-epoch="${epoch}"]`, { state: 'attached' });

describe.skipIf(chromiumPath === undefined)('the images of a film in Chromium', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await serveRun(run.folder, { port: 0 });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(50_000);
    page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_|404|500/.test(message.text())) wrongs.push(message.text());
    });
    page.on('pageerror', (error) => wrongs.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    await server.close();
    expect(wrongs.splice(0)).toEqual([]);
  });

  /** The server looks for it by itself. */
  const save = async (epochs: number) => {
    await run.save(epochs);
    await eventually(async () => (await fetch(server.url)).text()).toContain(`"done":${epochs},`);
  };
  const load = async (hash: string) => {
    await page.goto(server.url + hash);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    await shown(hash);
  };

  it('are there once the first epoch is done, and lead to the network, a layer and a channel, and back', async () => {
    await page.goto(server.url);
    await eventually(() => text('.run-status')).toContain('first epoch is not done');
    await run.save(1);
    await page.click('.probe h2 a');
    await shown('#image-1');
    expect(await text('.epoch-bar .shown')).toBe('Shown: after epoch 1 of 5.');
    expect(await text('.predicted')).toBe('cats 80.0 %');
    expect(await text('.correctness')).toBe('Correct: the folder says cats.');
    const cards = page.locator('.strip .card');
    expect(await cards.count()).toBe(6);
    await eventually(() => page.locator('.strip canvas[data-painted]').count()).toBe(3);
    expect(await text('[data-layer="dense_1"] .empty')).toBe('not in the film');
    await page.click('.strip [data-layer="conv"]');
    await shown('#image-1/conv');
    expect(await page.title()).toBe('conv – cat.jpg · cnnviz');
    expect(await text('.layer-view .caption')).toContain('1 of 2 channels fires, on at least 46 % of all');
    await page.focus('.layer-view .grid');
    await page.keyboard.press('ArrowRight');
    expect(await text('.readout')).toContain('maximum 30');
    await page.keyboard.press('Enter');
    await shown('#image-1/conv/1');
    expect(await text('.cell-reading')).toMatch(
      /^Column 3, row 3: 30\.0.*It sees columns 2 to 3 and rows 2 to 3 of 4 × 4/,
    );
    expect(await text('.channel-view .sentences')).toMatch(/^channel 1: fires on at least 93 % of pixels/);
    expect(await text('.channel-view dl')).toContain('meanabout 15');
    expect(await page.locator('.computation, .patches, .dream').count()).toBe(0);
    expect(await text('.not-in-film')).toContain('"cnnviz report IMAGE --model RUN"');
    await page.goBack();
    await shown('#image-1/conv');
    await page.goBack();
    await shown('#image-1');
  });

  it('are painted again when an epoch comes, with the crosshair and the focus where they were', async () => {
    await save(1);
    await load('#image-1/conv/1');
    await page.focus('.on-map');
    await page.keyboard.press('ArrowLeft');
    await shown('#image-1/conv/1/2,3');
    expect(await text('.cell-reading')).toMatch(/^Column 2, row 3: 27\.99/);
    await run.save(2);
    await epochIs(2);
    expect(await text('.epoch-bar .shown')).toBe('Shown: after epoch 2 of 5.');
    expect(await text('.predicted')).toBe('cats 70.0 %');
    expect(await text('.cell-reading')).toMatch(/^Column 2, row 3: 41\.99/);
    expect(await page.evaluate("document.activeElement.classList.contains('on-map')")).toBe(true);
    await page.keyboard.press('ArrowLeft');
    await shown('#image-1/conv/1/1,3');
  });

  it('stay at an earlier epoch that was chosen, in every view, until the newest is asked for', async () => {
    await save(2);
    await load('#image-1/conv');
    await page.focus('.player input');
    await page.keyboard.press('Home');
    await epochIs(0);
    expect(await text('.epoch-bar .shown')).toBe('Shown: the network before its training.');
    await page.focus('.layer-view .grid');
    await page.keyboard.press('End');
    expect(await text('.readout')).toContain('maximum 15');
    await run.save(3);
    await eventually(() => text('.newest')).toBe('Go to the newest, epoch 3');
    expect(await text('.readout')).toContain('maximum 15');
    await page.click('nav.views [href="#time"]');
    await shown('#time');
    expect(await text('.player .where')).toBe('before the training');
    await page.goBack();
    await shown('#image-1/conv');
    await page.click('.newest');
    await epochIs(3);
    expect(await page.locator('.newest:visible').count()).toBe(0);
    await page.focus('.layer-view .grid');
    await page.keyboard.press('End');
    expect(await text('.readout')).toContain('maximum 60');
    await run.save(4);
    await epochIs(4);
    expect(await text('.readout')).toContain('maximum 75');
  });

  it('show an epoch that is chosen in the view of time, and one of its addresses', async () => {
    await save(2);
    await load('#time/1');
    await page.click('.time-maps figcaption a');
    await shown('#image-1/pool');
    await epochIs(1);
  });

  it.each([
    ['#image-1/nolayer', '#image-1'],
    ['#image-1/conv/9', '#image-1/conv'],
    ['#image-1/dense_1/0', '#image-1/dense_1'],
    ['#image-9', '#time'],
  ])('show the nearest place for %s, and say so', async (asked, found) => {
    await save(1);
    await page.goto(server.url + asked);
    await shown(found);
    expect(await text('.missed')).toContain(`does not have ${asked}.`);
  });

  it('say what the film does not keep, has lost, and that nothing is known once the server is gone', async () => {
    await save(2);
    await load('#image-1/dense_1');
    expect(await text('.layer-view .notice')).toContain('--probe IMAGE keeps every layer with maps');
    await page.click('.strip [data-layer="flatten"]');
    await shown('#image-1/flatten');
    expect(await text('.layer-view .caption')).toContain('The values of pool in one row');
    await fs.writeFile(join(run.folder, 'film-1/frame-0001.gz'), 'damaged');
    await page.focus('.player input');
    await page.keyboard.press('ArrowLeft');
    await epochIs(1);
    expect(await text('.epoch-bar .shown')).toContain('its file is missing or damaged');
    await page.keyboard.press('ArrowLeft');
    await epochIs(0);
    expect(await text('.epoch-bar .shown')).toBe('Shown: the network before its training.');
    await page.click('.strip [data-layer="conv"]');
    await shown('#image-1/conv');
    await server.close();
    await eventually(() => text('.epoch-bar .run-status')).toMatch(/^No connection since/);
    expect(await text('.epoch-bar .shown')).toBe('Shown: the network before its training.');
    await page.click('.strip [data-layer="pool"]');
    await shown('#image-1/pool');
    await page.focus('.player input');
    await page.keyboard.press('End');
    await eventually(() => text('.epoch-bar .shown')).toBe('No maps of this epoch are loaded.');
    await eventually(() => page.locator('.image.current canvas:visible').count()).toBe(0);
    expect(await page.locator('.prediction > *').count()).toBe(0);
    await page.keyboard.press('Home');
    await eventually(() => text('.epoch-bar .shown')).toBe('Shown: the network before its training.');
    await eventually(() => page.locator('.strip canvas:visible').count()).toBeGreaterThan(0);
  });

  it('are not called right where no class is ahead', async () => {
    run.frames = { ...run.frames, outputOf: () => 0.5 };
    await save(1);
    await load('#image-1');
    expect(await text('.predicted')).toBe('cats 50.0 %');
    expect(await text('.correctness')).toMatch(/^Undecided: .* The folder says cats\.$/);
  });

  it('are printed without what other views would load', async () => {
    await save(2);
    await load('#image-1');
    expect(await text('.epoch-bar')).toContain('Each epoch has its own color scale here.');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.time-content > *').count()).toBe(0);
  });

  it('have what could not be read at first when it comes', async () => {
    await save(2);
    await load('#image-1/conv');
    await fs.writeFile(join(run.folder, 'film-1/frame-0001.gz'), 'damaged');
    await page.focus('.player input');
    await page.keyboard.press('ArrowLeft');
    await epochIs(1);
    expect(await text('.epoch-bar .shown')).toContain('its file is missing or damaged');
    expect(await text('.layer-view .notice')).toBe('No maps of this epoch are loaded.');
    await run.save(3); // with all frames
    await eventually(() => text('.epoch-bar .shown')).toBe('Shown: after epoch 1 of 5.');
    expect(await text('.layer-view .caption')).toContain('1 of 2 channels fires');
  });

  it('are gone to at once where the connection stalls, and painted when it goes on', async () => {
    await save(1);
    await load('#image-1/conv');
    await page.click('nav.views [href="#time"]');
    await shown('#time');
    let goOn: () => Promise<void> = async () => undefined;
    await page.route(/frames\/2\/0\?/, (route) => {
      goOn = () => route.continue();
    });
    await run.save(2);
    await eventually(() => text('.player .where')).toBe('epoch 2 of 5');
    await page.goBack();
    await eventually(() => text('.epoch-bar .shown')).toBe('Shown: after epoch 1 of 5.');
    expect(await text('.layer-view .caption')).toContain('1 of 2 channels fires');
    expect(await page.locator('.newest:visible').count()).toBe(0);
    await goOn();
    await epochIs(2);
    expect(await text('.epoch-bar .shown')).toBe('Shown: after epoch 2 of 5.');
  });

  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('have nothing that axe finds wrong, %s, %d px', async (colorScheme, width) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await save(2);
    for (const hash of [
      '#image-1',
      '#image-1/input',
      '#image-1/conv',
      '#image-1/conv/1',
      '#image-1/dense_2',
      '#image-1/dense_1',
    ]) {
      await load(hash);
      expect([hash, await findViolations(page)]).toEqual([hash, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });
});
