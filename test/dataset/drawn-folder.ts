import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cnnviz-dataset-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes empty files (enough for everything that does not decode) and the folders above them. */
export async function writeEmptyFiles(root: string, relativePaths: string[]): Promise<void> {
  for (const relativePath of relativePaths) {
    await mkdir(path.join(root, path.dirname(relativePath)), { recursive: true });
    await writeFile(path.join(root, relativePath), '');
  }
}

/** Writes a picture of one color and the folders above it. */
export async function writeImage(file: string, size: number, color: [number, number, number]): Promise<void> {
  const data = Buffer.alloc(size * size * 3);
  for (let at = 0; at < data.length; at++) data[at] = color[at % 3] as number;
  await mkdir(path.dirname(file), { recursive: true });
  await sharp(data, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toFile(file);
}
