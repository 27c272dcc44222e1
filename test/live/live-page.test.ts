import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LiveServer, serveRun } from '../../src/live/serve-run.js';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';
import { useGrowingRun } from './growing-run.js';

const run = useGrowingRun();
let browser: Browser;
let server: LiveServer;
let page: Page;
/** what a page must not do: fail, complain, ask anybody else */
const wrongs: string[] = [];

const text = (selector: string) => page.locator(selector).first().textContent();
/** Colors of a layer's first tile. */
const firstPixels = () =>
  page.evaluate<string>(`(() => {
    const canvas = document.querySelector('.time-maps canvas');
    return [...canvas.getContext('2d').getImageData(0, 0, canvas.width, 20).data].join();
  })()`);

/** What comes in time, on a slow machine too. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 });

describe.skipIf(chromiumPath === undefined)('the live page in Chromium', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    server = await serveRun(run.folder, { port: 0 });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('ERR_')) wrongs.push(message.text());
    });
    page.on('pageerror', (error) => wrongs.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) wrongs.push(request.url());
    });
  });
  afterEach(async () => {
    await page.close();
    await server.close();
    expect(wrongs.splice(0)).toEqual([]);
  });

  it('waits for the first epoch, shows it and the next as they come, and the end', async () => {
    await page.goto(server.url);
    await eventually(() => text('.run-status')).toContain('first epoch is not done');
    await run.save(1);
    await eventually(() => text('.run-status')).toContain('Training: 1 of 5 epochs');
    await eventually(() => text('.player .where')).toBe('epoch 1 of 5');
    await eventually(() => text('.probe .predicted')).toBe('cats, 80.0 %');
    await run.save(2);
    await eventually(() => text('.player .where')).toBe('epoch 2 of 5');
    await eventually(() => text('.probe .predicted')).toBe('cats, 70.0 %');
    await run.save(3, { status: 'finished' });
    await eventually(() => text('.run-status')).toContain('Training has ended after 3 of 5 epochs');
  });

  it('goes through the epochs by keys, on one scale for all, and stays where one looks', async () => {
    await run.save(2);
    await page.goto(server.url);
    await eventually(() => text('.player .where')).toBe('epoch 2 of 5');
    await eventually(() => page.locator('.time-maps canvas').count()).toBe(1);
    const newest = await firstPixels();
    await page.focus('.player input');
    await page.keyboard.press('Home');
    await eventually(() => text('.player .where')).toBe('before the training');
    await eventually(firstPixels).not.toBe(newest);
    expect(page.url()).toMatch(/#time\/0$/);
    await run.save(3);
    await eventually(() => text('.run-status')).toContain('3 of 5');
    expect(await text('.player .where')).toBe('before the training');
    await page.keyboard.press('End');
    await eventually(() => text('.player .where')).toBe('epoch 3 of 5');
    expect(page.url()).toMatch(/#time$/); // nor does Back or a reload leave the newest
    await page.getByText('each layer').click();
    expect(await text('.time-scale .lead')).toContain('every epoch and channel');
  });

  it('shows where the evidence lies, on one scale for all epochs, and says it in words', async () => {
    run.frames = { ...run.frames, strength: 0.5 };
    await run.save(2);
    await page.goto(server.url);
    await eventually(() => page.locator('.time-evidence canvas[role=img]').count()).toBe(2);
    const dogs = page.locator('.time-evidence canvas[role=img]').nth(1);
    const sentence = 'Evidence for dogs in cat.jpg, epoch 2 of 5: most for it in column 0, row 0 (1)';
    await eventually(() => dogs.getAttribute('aria-label')).toBe(
      `${sentence}; most against it in column 1, row 1 (−1); counted from 0`,
    );
    expect(await page.locator('.time-evidence .is-predicted bdi').textContent()).toBe('cats');
    /** The colors of the upper left and of the lower right cell. */
    const corners = () =>
      page.evaluate<[number[], number[]]>(`(() => {
        const context = document.querySelectorAll('.time-evidence canvas[role=img]')[1].getContext('2d');
        return [10, 200].map((at) => [...context.getImageData(at, at, 1, 1).data]);
      })()`);
    const [strong, against] = await corners();
    expect([strong[3], against[3]].map((opacity) => Number(opacity) > 200)).toEqual([true, true]);
    await page.focus('.player input');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => dogs.getAttribute('aria-label')).toContain('row 0 (0.5)');
    const [weak] = await corners();
    expect(weak.slice(0, 3)).toEqual(strong.slice(0, 3));
    expect(weak[3]).toBeLessThan(Number(strong[3]));
    expect(await page.locator('.time-scale .caption').isVisible()).toBe(false);
    await page.keyboard.press('Home'); // where it is 0
    await eventually(() => page.locator('.time-evidence .is-predicted').textContent()).toMatch(/^\S+ 0 everywhere: no/);
  });

  it('shows the most probable of many classes, in their order', async () => {
    const classNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await page.route(/frames\/1$/, async (route) => {
      const response = await route.fetch();
      const frame = await response.json();
      frame.images[0].probabilities = [0.02, 0.1, 0.11, 0.12, 0.13, 0.01, 0.14, 0.37];
      await route.fulfill({ response, json: frame });
    });
    await run.save(1, { classNames });
    await page.goto(server.url);
    await eventually(() => text('.probe .predicted')).toBe('h, 37.0 %');
    const names = await page.locator('.probe .probabilities bdi').allTextContents();
    expect(names).toEqual(['b', 'c', 'd', 'e', 'g', 'h']);
    expect(await page.locator('.probe .probabilities li').last().textContent()).toBe('and 2 more classes');
  });

  it('says why there is no evidence, in a film that was recorded without', async () => {
    await run.save(1);
    await page.goto(server.url);
    await eventually(() => text('.time-scale .caption')).toMatch(/^No evidence is shown: .* earlier version/);
    expect(await page.locator('.time-evidence').isVisible()).toBe(false);
  });

  it('keeps nothing of a run that another one took the place of', async () => {
    await run.save(2);
    await page.goto(server.url);
    await eventually(() => text('.probe .predicted')).toBe('cats, 70.0 %');
    run.frames = { outputOf: () => 0.9, layers: ['other_conv', 'other_pool'] };
    await run.save(2, { startedAt: '2026-02-03T04:05:06.000Z' });
    await eventually(() => text('.probe .predicted')).toBe('dogs, 90.0 %');
    await page.focus('.player input');
    await page.keyboard.press('Home');
    await eventually(() => text('.player .where')).toBe('before the training');
    await eventually(() => text('.probe .predicted')).toBe('dogs, 90.0 %');
    expect(await page.locator('.time-maps figcaption').allTextContents()).toEqual(['other_pool: 2 channels']);
  });

  it('says that it knows nothing once the server is gone, and not that training goes on', async () => {
    await run.save(1);
    await page.goto(server.url);
    await eventually(() => text('.run-status')).toContain('Training: 1 of 5');
    await server.close();
    await eventually(() => text('.run-status')).toMatch(/^No connection since/);
  });

  it('follows the newest epoch from an address of it', async () => {
    await run.save(2);
    await page.goto(`${server.url}#time/2`);
    await eventually(() => text('.player .where')).toBe('epoch 2 of 5');
    await eventually(() => page.url()).toMatch(/#time$/);
    await run.save(3);
    await eventually(() => text('.player .where')).toBe('epoch 3 of 5');
    expect(page.url()).toMatch(/#time$/);
  });

  it('says of a training that is over, too, that its server is gone, and shows no maps of another epoch', async () => {
    await run.save(2, { status: 'finished' });
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url().replace(/^.*\//, '')));
    await page.route(/frames\/1$/, (route) => route.abort());
    await page.goto(server.url);
    await eventually(() => page.locator('.time-maps canvas:visible').count()).toBe(1);
    const frames = () => asked.filter((name) => /^\d+$/.test(name));
    await eventually(frames).toContain('1');
    const before = frames().length;
    await server.close();
    await eventually(() => text('.run-status')).toMatch(
      /ended after 2 of 5 epochs\. The server of this page has ended;/,
    );
    await page.focus('.player input');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => text('.probe .predicted')).toBe('No maps of this epoch are loaded.');
    await eventually(() => page.locator('.time-maps canvas:visible').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await eventually(() => text('.probe .predicted')).toBe('cats, 70.0 %');
    expect(await page.locator('.time-maps canvas:visible').count()).toBe(1);
    // Of a server that does not answer nothing more is asked, neither when it fails nor when one goes through the epochs.
    expect(frames().slice(before)).toEqual([]);
    expect(frames()).not.toContain('0');
  });

  it('plays on demand alone, and not for who wants less motion', async () => {
    await run.save(2);
    await page.goto(server.url);
    await eventually(() => text('.player .where')).toBe('epoch 2 of 5');
    // Noted as it happens: who looks now and then may miss an epoch.
    await page.evaluate(`(() => {
      const where = document.querySelector('.player .where');
      window.seen = [];
      new MutationObserver(() => window.seen.push(where.textContent)).observe(where, { childList: true });
    })()`);
    await page.click('.play');
    await eventually(() => text('.play')).toBe('Play');
    expect(await page.evaluate('window.seen')).toEqual(['before the training', 'epoch 1 of 5', 'epoch 2 of 5']);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await eventually(() => page.locator('.play').isVisible()).toBe(false);
  });

  it('says how to get a film where a run has none', async () => {
    await run.save(1, { film: undefined } as never);
    await page.goto(server.url);
    await eventually(() => text('.probes')).toContain('--probe IMAGE');
  });
});
