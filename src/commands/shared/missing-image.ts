// An image that was named and is not there.

import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LayerSelection } from '../../activations/select-layers.js';
import { formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import { suggest } from '../../base/near-name.js';
import { classifyName } from '../../dataset/folder/file-content.js';
import { compareNaturally } from '../../dataset/folder/natural-order.js';
import { locateNetwork } from './locate-network.js';
import type { ModelOptions } from './model-options.js';

/** What else the words of a command line can be. */
export interface MissingImageOptions extends ModelOptions {
  layers?: LayerSelection;
}

/** @throws CnnvizError BAD_IMAGE for a path that leads nowhere, with what may have been meant */
export async function requireImages(paths: readonly string[], options: MissingImageOptions): Promise<void> {
  for (const path of paths) {
    if (/^(https?|ftp):\/\//i.test(path)) {
      throw new CnnvizError('BAD_IMAGE', `${path}: cnnviz reads files, not addresses`, {
        hint: 'Download the image first.',
      });
    }
    const error = await lstat(path).catch((reason: NodeJS.ErrnoException) => reason);
    if (!(error instanceof Error) || (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')) continue;
    const hint = await explainMissing(path, options);
    throw new CnnvizError('BAD_IMAGE', `${path}: the file does not exist`, { ...(hint !== '' && { hint }) });
  }
}

async function explainMissing(path: string, options: MissingImageOptions): Promise<string> {
  const { layers } = options;
  if (Array.isArray(layers)) {
    const found = await locateNetwork(options).catch(() => undefined);
    if (found?.run?.record.model.layers.some(({ name }) => name === path))
      return `${path} is a layer: --layers ${[...layers, path].join(',')}`;
  }
  if (/[*?[]/.test(basename(path))) return 'No file matches; without quotes your shell fills in the names.';
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return `There is no folder ${folder} either.`;
  const near = suggest(basename(path), names);
  if (near === '') return describeImages(folder, names);
  return near.trim().replace(/mean (.*)\?$/, (_, name: string) => `mean ${join(folder, name)}?`);
}

/** What there is in place of a file that is not: a look at the names, not into the files. */
function describeImages(folder: string, names: readonly string[]): string {
  const images = names.filter((name) => classifyName(name) === 'image').sort(compareNaturally);
  const where = folder === '.' ? 'this folder' : folder;
  const [first] = images;
  if (first === undefined) return `There are no images in ${where}.`;
  const example = join(folder, first);
  if (images.length === 1) return `There is one image in ${where}: ${example}.`;
  return `There are ${formatCount(images.length)} images in ${where}, such as ${example}.`;
}
