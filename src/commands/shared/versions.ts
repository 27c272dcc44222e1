// The versions that files name.

import { readFileSync } from 'node:fs';
import { packageFile } from '../../base/package-file.js';

/** Of this package, as its package.json says. */
export function readOwnVersion(): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** What every file that is written says of the programs that wrote it. */
export function readVersions(): { cnnviz: string; node: string } {
  return { cnnviz: readOwnVersion(), node: process.versions.node };
}
