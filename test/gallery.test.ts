import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs', 'images', 'gallery');
const names = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, name]) => `${name}.png`).sort();

test('the gallery shows every picture that its script makes, once, and no other', () => {
  const page = readFileSync(join(root, 'docs', 'gallery.md'), 'utf8');
  const script = readFileSync(join(root, 'scripts', 'gallery.mjs'), 'utf8');
  const files = readdirSync(folder).sort();
  expect(names(page, /\]\(images\/gallery\/(.*?)\.png\)/g)).toEqual(files);
  expect(names(script, /\.png': '(.*?)'/g)).toEqual(files);
});

test('its pictures are small', () => {
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(150_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_250_000);
});
