// Refuses a file with another checksum.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CnnvizError } from '../../../base/errors.js';
import type { StepContext } from './events.js';
import { setupFailure } from './failures.js';
import type { Wheel } from './wheel.js';

/** Refuses a file that is not there or may not be read. */
export async function requireReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch((error: unknown) => {
    throw readFailure(file, error);
  });
}

/**
 * The SHA-256 that the wheel has to have.
 *
 * @throws CnnvizError SETUP_FAILED where neither cnnviz nor the one who asks knows it: nothing is installed unverified
 */
export function chooseChecksum(
  { fileName, sha256 }: Wheel,
  { from, sha256: given }: { from?: string; sha256?: string },
): string {
  if (given !== undefined) return given.toLowerCase();
  const name = basename(from ?? fileName);
  // The wheel for NVIDIA's GPUs is called tensorflow, the one that cnnviz knows tensorflow_cpu.
  const isOther = from !== undefined && name.startsWith('tensorflow-') && !fileName.startsWith('tensorflow-');
  if (sha256 !== undefined && !isOther) return sha256;
  throw setupFailure(
    `${name}: cnnviz does not know the checksum of this wheel, and installs nothing that is not verified`,
    "Look up the file's SHA-256 in the Python Package Index (tensorflow, Download files) and run `cnnviz setup --sha256 HEX` with it.",
  );
}

/** Refuses a file that is not, byte for byte, the one with the given SHA-256 (in hex). */
export async function verifyFile(file: string, sha256: string, { signal }: StepContext): Promise<void> {
  const hash = createHash('sha256');
  try {
    const stream = createReadStream(file, { highWaterMark: 1 << 20, ...(signal && { signal }) });
    for await (const chunk of stream) hash.update(chunk as Buffer);
  } catch (error) {
    throw readFailure(file, error);
  }
  const received = hash.digest('hex');
  if (received === sha256) return;
  throw setupFailure(
    `${file}: wrong checksum, expected sha256 ${sha256}, received ${received}`,
    'The file is damaged or another release: download it again.',
  );
}

/** The SHA-512 of a small file, in base64 as npm writes it. */
export async function sha512(file: string): Promise<string> {
  return createHash('sha512')
    .update(await readFile(file))
    .digest('base64');
}

function readFailure(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new CnnvizError('NOT_FOUND', `${file}: no such file`, { cause: error });
  if (code === 'EACCES') return new CnnvizError('NOT_READABLE', `${file}: no permission to read it`, { cause: error });
  if (code === 'EISDIR') return new CnnvizError('NOT_READABLE', `${file}: is a folder`, { cause: error });
  return error;
}
