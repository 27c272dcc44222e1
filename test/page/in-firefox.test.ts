// The page in the other engine: every place that its links lead to, the keys, and nothing that Firefox complains about.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Firefox, firefoxPath } from '../helpers/firefox.js';
import { writeGalleryPage } from './gallery/gallery-page.js';
import { renderSmallPage } from './small-page.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-in-firefox-'));
const arrowRight = '\uE014';
let firefox: Firefox;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(firefoxPath === undefined)('the page in Firefox, from a file', () => {
  beforeAll(async () => {
    firefox = await Firefox.launch();
    writeFileSync(join(folder, 'small.html'), await renderSmallPage());
    await writeGalleryPage(join(folder, 'gallery.html'), 2);
  });

  afterAll(() => firefox?.close());

  const open = async (name: string) => {
    await firefox.open(pathToFileURL(join(folder, name)).href);
    await firefox.waitFor(`document.documentElement.dataset.ready === ''`);
  };
  const go = async (address: string) => {
    // The page hears of it a task later.
    await firefox.evaluate(`new Promise((heard) => {
      addEventListener('hashchange', () => heard(true), { once: true });
      if (location.hash === ${JSON.stringify(address)}) heard(true);
      location.hash = ${JSON.stringify(address)};
    })`);
    await firefox.waitFor('document.documentElement.dataset.shown !== undefined');
  };
  /** What can be clicked now. */
  const links = async () =>
    JSON.parse(
      String(
        await firefox.evaluate(
          `JSON.stringify([...document.querySelectorAll('a[href^="#"]')].filter((link) => link.checkVisibility()).map((link) => link.hash))`,
        ),
      ),
    ) as string[];

  it.each(['small.html', 'gallery.html'])('shows every place that a link of %s leads to', async (name) => {
    await open(name);
    const known = new Set(await links());
    for (const address of known) {
      if (address === '#content') continue;
      await go(address);
      const words = await firefox.evaluate(`document.querySelector('section.view:not([hidden])').innerText.length`);
      expect(words, address).toBeGreaterThan(0);
      for (const further of await links()) known.add(further);
    }
    expect(known.size).toBeGreaterThan(3);
    expect(firefox.wrongs).toEqual([]);
  });

  it('paints the map of a channel, and moves over it by keys', async () => {
    await open('small.html');
    await go('#image-1/conv/2/3,4');
    await firefox.waitFor(`document.querySelector('.computation[data-cell="3,4"]')`);
    const colors = await firefox.evaluate(`(() => {
      const canvas = document.querySelector('.channel-view canvas.map');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })()`);
    expect(colors).toBeGreaterThan(2);
    await firefox.evaluate(`document.querySelector('.on-map').focus()`);
    await firefox.press(arrowRight);
    await firefox.waitFor(`document.querySelector('.computation[data-cell="4,4"]')`);
    expect(await firefox.evaluate('location.hash')).toBe('#image-1/conv/2/4,4');
    expect(firefox.wrongs).toEqual([]);
  });
});
