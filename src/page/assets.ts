// The page's style and script, as the build made them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packageFile } from '../base/package-file.js';

/** The page's style and script as the build made them, with the hashes by which a page allows these two and no others. */
export interface PageAssets {
  style: string;
  script: string;
  /** `sha256-...` each, of a Content-Security-Policy */
  styleHash: string;
  scriptHash: string;
}

/** Reads them from where the build puts them. */
export function readPageAssets(): PageAssets {
  const read = (name: string) => readFileSync(packageFile(`dist/page/${name}`), 'utf8');
  const [style, script] = [read('style.css'), read('client.js')];
  return { style, script, styleHash: hash(style), scriptHash: hash(script) };
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
