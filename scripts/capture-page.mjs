// Takes screenshots of a report's page in Chromium, for the gallery.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const browsers = [
  process.env.CNNVIZ_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * Writes `folder/NAME.png` for each of the page's places.
 *
 * @param places by name: the address, and the height of the window in pixels
 */
export async function capturePage(file, folder, places) {
  const executablePath = browsers.find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium (install it, or set CNNVIZ_CHROMIUM to its path)');
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const [name, { address, height }] of Object.entries(places)) {
      const page = await browser.newPage({ viewport: { width: 1440, height }, colorScheme: 'light' });
      await page.goto(`${pathToFileURL(file).href}${address}`);
      await page.waitForSelector('html[data-shown]', { state: 'attached' });
      await page.evaluate(() => document.fonts.ready);
      // An address scrolls to what it names, past the page's head.
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `${name}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
