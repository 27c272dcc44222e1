import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { explainReadFailure, parseJson, readBytes } from '../disk/read-file.js';
import { refuseAt } from '../formats/bad-model.js';
import { identifyFile } from '../formats/open/identify-file.js';
import { checkModelFile, locateShards } from '../formats/tfjs/model-file.js';

/**
 * Identifies a saved network: a SHA-256 of its file, and of its files of weights where those are others, in hexadecimal; of a
 * folder that holds one, of all files in it.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function identifyModel(path: string): Promise<string> {
  const hash = createHash('sha256');
  const { kind } = await identifyFile(path);
  const files = kind === 'folder' ? await listFiles(path) : [path];
  if (kind === 'json') files.push(...(await listShards(path)));
  for (const file of files) await addFile(hash, file);
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return names.sort().map((name) => join(folder, name));
}

async function listShards(path: string): Promise<string[]> {
  const refuse = refuseAt(path);
  const json = parseJson(await readBytes(path), (reason, cause) => refuse(reason, { cause }));
  const shards = await locateShards(path, checkModelFile(json, refuse), refuse);
  return shards.map((shard) => shard.path);
}

async function addFile(hash: Hash, path: string): Promise<void> {
  try {
    for await (const part of createReadStream(path)) hash.update(part as Buffer);
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}
