import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { CnnvizError } from '../errors.js';
import type { FileContent } from '../files.js';
import { parseJson, readBytes } from '../read-file.js';

/** What a folder of weights holds beside them where a run can go on from it. */
export const CHECKPOINT_FILE = 'checkpoint.json';

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
 * @param name of their file
 * @throws CnnvizError BAD_MODEL
 */
export async function verifyWeights(modelPath: string, name: string, content: Buffer): Promise<void> {
  const expected = await readChecksum(dirname(modelPath), name);
  if (expected === undefined || digest(content) === expected) return;
  throw new CnnvizError(
    'BAD_MODEL',
    `${join(dirname(modelPath), name)}: damaged, its SHA-256 is not that of its checkpoint`,
    {
      hint: 'Use other weights of the run (--weights last or --weights best), or copy the run again.',
    },
  );
}

/** Undefined where there is no checkpoint, or one that knows nothing of the file: then nothing can be verified. */
async function readChecksum(folder: string, name: string): Promise<string | undefined> {
  try {
    const text = await readBytes(join(folder, CHECKPOINT_FILE));
    const { sha256 } = parseJson(text, (reason) => new CnnvizError('BAD_MODEL', reason)) as { sha256?: unknown };
    const checksum = sha256 instanceof Object ? (sha256 as Record<string, unknown>)[name] : undefined;
    return typeof checksum === 'string' ? checksum : undefined;
  } catch (error) {
    if (error instanceof CnnvizError || error instanceof TypeError) return undefined;
    throw error;
  }
}
