// Writes a network in a format, whole or not at all.

import { explainWriteFailure, type FileContent } from '../../disk/files.js';
import { measureFile } from '../../disk/read-file.js';
import { stageFile } from '../../disk/staged-file.js';
import { stageFolder } from '../../disk/staged-folder.js';
import type { ExportContent, ExportPlace } from '../../formats/write/export-content.js';
import type { ExportFormat } from './options.js';

type FolderFormat = 'tfjs' | 'savedmodel';
type FileFormat = Exclude<ExportFormat, FolderFormat>;

/** Writes a file. */
type FileWriter = (place: ExportPlace, content: ExportContent) => Promise<void>;
/** The files of a folder, content by name. */
type FolderEncoder = (content: ExportContent) => Record<string, FileContent>;

const FILE_WRITERS: Record<FileFormat, () => Promise<FileWriter>> = {
  keras: async () => (await import('../../formats/write/keras/write-keras.js')).writeKeras,
  h5: async () => (await import('../../formats/write/keras/write-h5.js')).writeH5,
  onnx: async () => (await import('../../formats/write/onnx/write-onnx.js')).writeOnnx,
};

const FOLDER_ENCODERS: Record<FolderFormat, () => Promise<FolderEncoder>> = {
  tfjs: async () => (await import('../../formats/write/tfjs-folder.js')).encodeTfjs,
  savedmodel: async () => (await import('../../formats/write/saved-model/encode-saved-model.js')).encodeServable,
};

/**
 * Replaces what has the place. Nothing changes there before all is written.
 *
 * @param checkAborted throws where it is to end before that
 * @returns how many bytes it takes
 * @throws CnnvizError BAD_MODEL for a network that the format cannot hold, DISK_FULL, NOT_WRITABLE, ABORTED
 */
export async function writeExport(
  place: string,
  format: ExportFormat,
  content: ExportContent,
  checkAborted: () => void,
): Promise<number> {
  if (format === 'tfjs' || format === 'savedmodel') {
    return writeFolder(place, (await FOLDER_ENCODERS[format]())(content), checkAborted);
  }
  const write = await FILE_WRITERS[format]();
  const file = await stageFile(place);
  try {
    await write(file, content).catch((error: unknown) => {
      throw explainWriteFailure(error, place);
    });
    checkAborted();
    await file.commit();
  } finally {
    await file.discard();
  }
  return measureFile(place);
}

async function writeFolder(place: string, files: Record<string, FileContent>, checkAborted: () => void) {
  const folder = await stageFolder(place, { replaces: true });
  let size = 0;
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = Array.isArray(content) ? Buffer.concat(content) : content;
      await folder.write(name, bytes);
      size += Buffer.byteLength(bytes);
    }
    checkAborted();
    await folder.commit();
    return size;
  } finally {
    await folder.discard();
  }
}
