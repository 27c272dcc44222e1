// What is opened of results in folders of their own.

import { dirname, join } from 'node:path';

/** The picture of one image; of several the folder that theirs lie in. @param names pictures, the one to look at first before others */
export function findView(
  images: readonly { folder: string; files: readonly string[] }[],
  names: readonly string[] = [],
): string | undefined {
  const [first, ...others] = images;
  if (first === undefined) return undefined;
  if (others.length > 0) return dirname(first.folder);
  const picture = names.find((name) => first.files.includes(name));
  return picture === undefined ? first.folder : join(first.folder, picture);
}
