// Unpacks the libraries and headers that are needed.

import fs from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type yauzl from 'yauzl';
import type { NativePlatform } from '../platform.js';
import type { StepContext } from './events.js';
import { setupFailure, writeFailure } from './failures.js';
import { WHEEL_HEADERS, wheelLibraries } from './wheel.js';

/** yauzl 3.4 as promises; its type package still describes 2.10. */
interface ZipArchive {
  eachEntry(): AsyncIterable<yauzl.Entry>;
  openReadStreamPromise(entry: yauzl.Entry): Promise<Readable>;
  close(): void;
}

/** Takes out of the wheel the libraries, into `libraryFolder`, and the C API's headers, below `headerFolder`. */
export async function unpackWheel(
  wheel: string,
  libraryFolder: string,
  headerFolder: string,
  platform: NativePlatform,
  context: StepContext,
): Promise<void> {
  const wanted = new Map([
    ...wheelLibraries(platform).map((path) => [path, join(libraryFolder, basename(path))] as const),
    ...WHEEL_HEADERS.map((path) => [path, join(headerFolder, path)] as const),
  ]);
  const archive = await openArchive(wheel);
  try {
    const entries: yauzl.Entry[] = [];
    for await (const entry of archive.eachEntry()) if (wanted.has(entry.fileName)) entries.push(entry);
    const missing = [...wanted.keys()].filter((path) => !entries.some((entry) => entry.fileName === path));
    if (missing.length > 0) throw setupFailure(`${wheel}: lacks ${missing.join(', ')}`, 'Use the official wheel.');
    await unpackEntries(archive, entries, wanted, context);
  } catch (error) {
    throw writeFailure(libraryFolder, error);
  } finally {
    archive.close();
  }
}

async function openArchive(wheel: string): Promise<ZipArchive> {
  const { default: zip } = await import('yauzl'); // nothing but set-up needs it
  const open = promisify<string, yauzl.Options, unknown>(zip.open);
  try {
    return (await open(wheel, { lazyEntries: true, autoClose: false })) as ZipArchive;
  } catch (error) {
    throw setupFailure(`${wheel}: not a wheel (${(error as Error).message})`, 'Use the official wheel.', error);
  }
}

async function unpackEntries(
  archive: ZipArchive,
  entries: yauzl.Entry[],
  targets: Map<string, string>,
  { onEvent, signal }: StepContext,
): Promise<void> {
  const totalBytes = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  let doneBytes = 0;
  let reportedAt = 0;
  for (const entry of entries) {
    const target = targets.get(entry.fileName) as string;
    await mkdir(dirname(target), { recursive: true });
    const source = await archive.openReadStreamPromise(entry);
    source.on('data', (chunk: Buffer) => {
      doneBytes += chunk.length;
      if (Date.now() - reportedAt < 100 && doneBytes < totalBytes) return;
      reportedAt = Date.now();
      onEvent({ type: 'setup-progress', step: 'unpack', doneBytes, totalBytes });
    });
    await pipeline(source, fs.createWriteStream(target), { signal });
  }
}
