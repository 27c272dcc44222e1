// Where an export goes, and what it may replace there: an earlier export, nothing of anybody else's.

import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { explainWriteFailure } from '../../disk/files.js';
import { explainReadFailure } from '../../disk/read-file.js';
import { MODEL_FILE } from '../../formats/tfjs/model-schema.js';
import { EXPORT_FORMAT } from '../../formats/write/export-content.js';
import type { FoundModel } from '../../runs/find-model.js';
import { FORMATS } from './formats.js';
import type { ExportFormat } from './options.js';

/** The name of the run, or of the model's file or its folder, with the format's ending; in the current folder. */
export function chooseDestination({ modelPath, run }: FoundModel, format: ExportFormat): string {
  const isNamedByFolder = basename(modelPath) === MODEL_FILE;
  const source = run?.folder ?? (isNamedByFolder ? dirname(modelPath) : modelPath);
  const name = run === undefined && !isNamedByFolder ? basename(source, extname(source)) : basename(source);
  return `${name}${FORMATS[format].ending}`;
}

/** @throws CnnvizError NOT_WRITABLE where something is that is not an earlier export in this format */
export async function checkDestination(path: string, format: ExportFormat): Promise<void> {
  const { files } = FORMATS[format];
  const status = await fs.stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw explainWriteFailure(error, path);
  });
  if (status === undefined) return;
  if (status.isDirectory() !== (files !== undefined)) {
    throw notReplaced(path, `exists and is ${status.isDirectory() ? 'a folder' : 'a file'}`);
  }
  const [marked] = files ?? [];
  if (files !== undefined) {
    const present = await fs.readdir(path);
    const foreign = present.find((name) => !files.includes(name));
    if (present.length === 0) return;
    if (foreign !== undefined) throw notReplaced(path, `holds ${foreign}, which is not of an earlier export`);
  }
  if (!(await holdsMark(marked === undefined ? path : join(path, marked)))) {
    throw notReplaced(path, 'exists and is not an earlier export');
  }
}

function notReplaced(path: string, reason: string): CnnvizError {
  return new CnnvizError('NOT_WRITABLE', `${path}: ${reason}; not overwritten`, {
    hint: 'Choose another place with --out, or move this one.',
  });
}

/** Whether a file says that an export made it. */
async function holdsMark(path: string): Promise<boolean> {
  let end = '';
  try {
    for await (const chunk of createReadStream(path, 'latin1')) {
      if (`${end}${chunk}`.includes(EXPORT_FORMAT)) return true;
      end = (chunk as string).slice(-EXPORT_FORMAT.length);
    }
  } catch (error) {
    const failure = explainReadFailure(error, path);
    if (failure instanceof CnnvizError && failure.code === 'NOT_FOUND') return false;
    throw failure;
  }
  return false;
}
