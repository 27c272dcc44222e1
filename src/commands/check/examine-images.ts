import { CnnvizError } from '../../base/errors.js';
import { lookAtPhotograph } from '../../dataset/decode/decode.js';
import { observeImage } from '../../dataset/examine/observation.js';
import { ObservationTable } from '../../dataset/examine/observation-table.js';
import type { LabeledFile, SplitName } from '../../dataset/folder/image-folder.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { WorkflowOptions } from '../shared/events.js';

/** How many images are being examined at once; decoding has a limit of its own. */
const WINDOW = 32;

/** After how many images progress is reported. */
const IMAGES_PER_EVENT = 50;

/** An image of a data folder. */
export interface SplitFile extends LabeledFile {
  split: SplitName;
}

export interface Examined {
  table: ObservationTable;
  badCount: number;
  /** the first ones found, as many as were asked for */
  badFiles: BadFile[];
}

/**
 * Decodes every image once and keeps what was noticed of it, 61 bytes each.
 *
 * @param keep how many bad files are kept
 * @throws CnnvizError ABORTED
 */
export async function examineImages(
  files: readonly SplitFile[],
  keep: number,
  { onEvent, signal }: WorkflowOptions,
): Promise<Examined> {
  const examined: Examined = { table: new ObservationTable(files.length), badCount: 0, badFiles: [] };
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < files.length) {
      if (signal?.aborted) throw new CnnvizError('ABORTED', `interrupted after ${done} of ${files.length} images`);
      await examine(next++);
      done++;
      if (done % IMAGES_PER_EVENT === 0 || done === files.length) {
        onEvent?.({ type: 'image-examined', done, total: files.length });
      }
    }
  };
  const examine = async (index: number) => {
    const { path } = files[index] as SplitFile;
    try {
      // Upright, so that an image and its permanently rotated copy look the same.
      examined.table.set(index, await lookAtPhotograph(path, true, observeImage));
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE') throw error;
      if (++examined.badCount <= keep) examined.badFiles.push({ path, reason: error.message.slice(path.length + 2) });
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, work));
  return examined;
}
