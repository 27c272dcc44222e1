import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CNNVIZ_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** This machine's Chromium, undefined where there is none: what needs it is then skipped, which is told. */
export const chromiumPath = places.find((path) => path !== '' && existsSync(path));

if (chromiumPath === undefined) {
  console.warn('skipped: the pages in a real browser (apt-get install chromium, or set CNNVIZ_CHROMIUM to its path)');
}

export function launchChromium(): Promise<Browser> {
  // Without its sandbox, which containers and root do not allow: it opens nothing but the tests' own pages.
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
