// Requires tfjs-node with our binding, whatever its own install script did.

import { realpathSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { tf } from '../tfjs/tensors.js';
import { INSTALLED } from './cache.js';

/** Module's internals that every CommonJS hook relies on; unchanged from Node 12 to 24. */
interface ModuleInternals {
  _resolveFilename(request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]): string;
}

const ourRequire = createRequire(import.meta.url);

/**
 * Requires the tfjs-node in the folder of an installation.
 *
 * Two of its requests are answered by stubs: `@tensorflow/*` is our own tensor API (its own would be a second engine
 * with no backend), and `@mapbox/node-pre-gyp`, which would look for the binding inside tfjs-node's package, names the one
 * in the installation.
 */
export function requireTfjsNode(folder: string): unknown {
  const root = realpathSync(join(folder, INSTALLED.tfjsNode)); // as require names its files
  restoreRemovedUtilities();
  const binding = join(folder, INSTALLED.binding);
  const tensors = placeStub(join(folder, 'tfjs-stub.cjs'), tf);
  const preGyp = placeStub(join(folder, 'node-pre-gyp-stub.cjs'), { find: () => binding });
  const internals = Module as unknown as ModuleInternals;
  const original = internals._resolveFilename;
  internals._resolveFilename = function (request, parent, ...rest) {
    if (parent?.filename?.startsWith(root)) {
      if (request === '@mapbox/node-pre-gyp') return preGyp;
      if (request.startsWith('@tensorflow/')) return tensors;
    }
    return original.call(this, request, parent, ...rest);
  };
  try {
    return createRequire(join(root, 'package.json'))(root);
  } finally {
    internals._resolveFilename = original;
  }
}

/** Puts a module that exists only in memory where `require` looks first; returns its name. */
function placeStub(filename: string, exports: unknown): string {
  const stub = new Module(filename);
  stub.exports = exports;
  stub.loaded = true;
  ourRequire.cache[filename] = stub;
  return filename;
}

/** tfjs-node 4.22 calls two functions that Node 23 removed and that Node 22 warns about (tensorflow/tfjs#8609). */
function restoreRemovedUtilities(): void {
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
}
