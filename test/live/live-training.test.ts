// A training as one starts it, and its page in a browser: what happens in one is seen in the other.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleData } from '../../src/commands/sample-data/index.js';
import { readRun } from '../../src/runs/run.js';
import { chromiumPath, launchChromium } from '../helpers/chromium.js';

const program = new URL('../../bin/cnnviz.js', import.meta.url).pathname;
const small = ['--backend', 'cpu', '--image-size', '16', '--filters', '4,4', '--dense', '4', '--batch-size', '4'];
let folder: string;
let browser: Browser;
let page: Page;
let training: ChildProcess;
let ended: Promise<unknown[]>;

const text = (selector: string) => page.locator(selector).first().textContent();
const epochsDone = async () => Number(/^epoch (\d+)/.exec((await text('.player .where')) ?? '')?.[1] ?? 0);

/** What comes in time, on a slow machine too. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 });

describe.skipIf(chromiumPath === undefined)('a training that is watched', () => {
  beforeAll(async () => {
    folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-watched-')));
    await sampleData({ dir: join(folder, 'pets'), classes: 2, imageSize: 32, train: 8, validation: 4, test: 0 });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await fs.rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    const args = [
      'train',
      join(folder, 'pets'),
      '--live',
      '--epochs',
      '100000',
      '--out',
      join(folder, 'run'),
      '--overwrite',
    ];
    training = spawn(process.execPath, [program, ...args, ...small], { stdio: ['ignore', 'pipe', 'ignore'] });
    ended = once(training, 'exit');
    page = await browser.newPage();
    for await (const line of createInterface(training.stdout as NodeJS.ReadableStream)) {
      const [, url] = /^Live: (\S+)$/.exec(line) ?? [];
      if (url === undefined) continue;
      await page.goto(url);
      break;
    }
    training.stdout?.resume();
    await eventually(epochsDone).toBeGreaterThan(0);
  });
  afterEach(async () => {
    training.kill('SIGKILL');
    await ended;
    await page.close();
  });

  it('is seen epoch by epoch, and so is that it was interrupted, which does not wait for a page', async () => {
    const seen = await epochsDone();
    await eventually(epochsDone).toBeGreaterThan(seen);
    expect(await text('.run-status')).toMatch(/^Training: [\d,]+ of 100,000 epochs done/);
    await eventually(() => page.locator('.time-maps canvas').count()).toBe(4);
    training.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    await eventually(() => text('.run-status')).toMatch(/^Training was interrupted after [\d,]+ of 100,000 epochs/);
    expect(await text('.run-status')).not.toContain('report.html');
    expect((await readRun(join(folder, 'run'))).status).toBe('interrupted');
    expect(await fs.readdir(join(folder, 'run'))).not.toContain('report.html');
  });

  it('shows an image in the network, down to a channel, after each epoch, or after the one that was chosen', async () => {
    const shown = (hash: string) => page.waitForSelector(`html[data-shown="${hash}"]`, { state: 'attached' });
    const epochShown = async () => Number(await page.getAttribute('#image-1', 'data-epoch'));
    await page.click('.probe h2 a');
    await shown('#image-1');
    await page.click('.strip [data-layer="max_pooling2d_1"]');
    await shown('#image-1/max_pooling2d_1');
    await page.focus('.layer-view .grid');
    await page.keyboard.press('Enter');
    await shown('#image-1/max_pooling2d_1/0');
    const first = await epochShown();
    await eventually(epochShown).toBeGreaterThan(first);
    expect(await text('.epoch-bar .shown')).toMatch(/^Shown: after epoch [\d,]+ of 100,000\.$/);
    expect(await text('.channel-view .cell-reading')).toMatch(/It sees columns/);
    await page.focus('.epoch-bar .player input');
    await page.keyboard.press('Home');
    await eventually(epochShown).toBe(0);
    const done = await text('.epoch-bar .run-status');
    await eventually(() => text('.epoch-bar .run-status')).not.toBe(done);
    expect(await epochShown()).toBe(0);
    await page.click('.epoch-bar .newest');
    await eventually(epochShown).toBeGreaterThan(first);
  });

  it('is not said to go on once its process was killed', async () => {
    training.kill('SIGKILL');
    await ended;
    await eventually(() => text('.run-status')).toMatch(/^No connection since/);
  });
});
