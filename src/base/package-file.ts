// Files that come with the package.

/**
 * A file of the package by its path in it, such as `data/sample-set.json`. The package is two folders above this file: seen from
 * src/base, and from dist/bundle, where the build puts this code.
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
