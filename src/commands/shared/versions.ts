// This package's version.

import { readFileSync } from 'node:fs';

/** Of this package, as its package.json says. */
export function readOwnVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
