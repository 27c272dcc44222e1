import { createHash } from 'node:crypto';
import { readBytes } from '../disk/read-file.js';
import { readModel } from '../formats/tfjs/model-file.js';

/**
 * Identifies a saved network: a SHA-256 of its model.json and of its weights, in hexadecimal.
 *
 * @param path of a model.json that can be loaded
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function identifyModel(path: string): Promise<string> {
  const { shards } = await readModel(path);
  const hash = createHash('sha256').update(await readBytes(path));
  for (const content of shards) hash.update(content);
  return hash.digest('hex');
}
