// Verifies weights against the checksums of their checkpoint.

import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { FileContent } from '../../disk/files.js';
import { findInside, parseJson, readBytes } from '../../disk/read-file.js';

/** What a folder of weights holds beside them where a run can go on from it. */
export const CHECKPOINT_FILE = 'checkpoint.json';
/** Its bytes at most, in the first version too. */
export const checkpointSizeAtMost = 512 * 2 ** 20;

/** SHA-256, in hexadecimal. */
export function digest(content: FileContent = ''): string {
  const hash = createHash('sha256');
  for (const part of Array.isArray(content) ? content : [content]) hash.update(part);
  return hash.digest('hex');
}

/**
 * Makes sure that weights are those that were saved, where a checkpoint beside them knows.
 *
 * @param modelPath of their model.json
 * @param files their names and contents
 * @returns why they could not be verified although there is a checkpoint; undefined where there is none
 * @throws CnnvizError BAD_MODEL
 */
export async function verifyWeights(
  modelPath: string,
  files: readonly (readonly [name: string, content: Buffer])[],
): Promise<string | undefined> {
  const folder = dirname(modelPath);
  const checkpoint = join(folder, CHECKPOINT_FILE);
  try {
    if ((await findInside(folder, CHECKPOINT_FILE)) === undefined) throw new Unverifiable('it leads out of the folder');
    const checksums = readChecksums(await readBytes(checkpoint, checkpointSizeAtMost));
    for (const [name, content] of files) {
      const expected = checksums[name];
      if (typeof expected !== 'string') throw new Unverifiable(`it has no SHA-256 of ${name}`);
      if (digest(content) !== expected) throw damaged(join(folder, name));
    }
    return undefined;
  } catch (error) {
    if (error instanceof Unverifiable) return describeDoubt(`${checkpoint}: ${error.message}`);
    if (error instanceof CnnvizError && error.code === 'NOT_FOUND') return undefined;
    if (error instanceof CnnvizError && error.code === 'NOT_READABLE') return describeDoubt(error.message);
    throw error;
  }
}

class Unverifiable extends Error {}

/** @throws Unverifiable */
function readChecksums(text: Buffer): Record<string, unknown> {
  const content = parseJson(text, (reason) => new Unverifiable(reason));
  const { sha256 } = Object(content) as { sha256?: unknown };
  if (sha256 instanceof Object) return sha256 as Record<string, unknown>;
  throw new Unverifiable('it has no SHA-256 of the files beside it');
}

function describeDoubt(reason: string): string {
  return `${reason}; the weights beside it cannot be verified`;
}

function damaged(path: string): CnnvizError {
  return new CnnvizError('BAD_MODEL', `${path}: damaged, its SHA-256 differs from that in its checkpoint`, {
    hint: 'Use other weights of the run (--weights last or --weights best), or copy the run again.',
  });
}
