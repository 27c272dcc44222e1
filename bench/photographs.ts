import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the scenarios run on, and how the results name it. */
export interface Photographs {
  folder: string;
  description: string;
}

/**
 * The images: CNNVIZ_PHOTOS, else `../shared/data/cats_and_dogs_small` beside the repository, else a synthetic dataset of
 * the same size (2,000 + 1,000 + 1,000 images), which decodes faster than photos do.
 */
export function findPhotographs(repository: string, cache: string): Photographs {
  const own = process.env.CNNVIZ_PHOTOS;
  if (own) return { folder: resolve(own), description: 'your images' };
  const shared = join(repository, '../shared/data/cats_and_dogs_small');
  if (existsSync(shared)) return { folder: shared, description: 'photos (the article’s 2,000 + 1,000 + 1,000)' };
  const drawn = join(cache, 'drawn');
  if (!existsSync(drawn)) {
    const size = ['--train', '1000', '--validation', '500', '--test', '500'];
    execFileSync(process.execPath, [join(repository, 'bin/cnnviz.js'), 'sample-data', drawn, ...size]);
  }
  return { folder: drawn, description: 'SYNTHETIC images, since no photos were found: decoding weighs less' };
}
