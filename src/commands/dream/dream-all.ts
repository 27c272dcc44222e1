// Dreams of everything that is not in the folder yet, batch by batch.

import type { Activation } from '../../dream/ascent.js';
import { drawDream } from '../../output/dream-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { DreamFolder } from './dream-folder.js';
import { type DreamedPicture, dreamPictures } from './dream-pictures.js';
import type { ImagePeaks } from './image-peaks.js';
import type { DreamSettings } from './options.js';
import type { DreamPlace, DreamSubject } from './plan-dreams.js';
import type { Dream } from './result.js';

/** What all batches of a call have in common. */
export interface DreamJob {
  trained: TrainedNetwork;
  folder: DreamFolder;
  places: readonly DreamPlace[];
  peaks: ImagePeaks | undefined;
  source: PictureSource;
  /** of the manifest */
  provenance: object;
  settings: DreamSettings & { steps: number };
}

/**
 * Each batch is in the folder before the next one begins.
 *
 * @returns how many pictures were made
 * @throws CnnvizError ABORTED, NOT_WRITABLE, DISK_FULL
 */
export async function dreamAll(job: DreamJob): Promise<number> {
  const { trained, folder, places, source, provenance, settings } = job;
  const { steps, npy, batchSize, onEvent = () => undefined } = settings;
  const missing = places.map((place) => place.subjects.filter((subject) => !isDone(folder.find(subject), npy)));
  const count = missing.flat().length;
  let done = 0;
  for (const [at, place] of places.entries()) {
    const subjects = missing[at] as DreamSubject[];
    for (let first = 0; first < subjects.length; first += batchSize) {
      const batch = subjects.slice(first, first + batchSize);
      const pictures = await dreamPictures(trained, place, batch, settings, () => {
        const name = place.layerName ?? 'classes';
        onEvent({ type: 'ascent-step', name, done, total: count * steps });
        done += batch.length;
      });
      const made = new Map(pictures.map((picture) => [picture.subject, picture]));
      const dreams = places.flatMap((each) => each.subjects).flatMap((subject) => listDream(subject, made, job));
      const files = pictures.flatMap((each) => drawPicture(each, source, npy));
      await folder.write(provenance, dreams, files);
      for (const { layer, index } of batch) onEvent({ type: 'dream', ...(folder.find({ layer, index }) as Dream) });
    }
  }
  return count;
}

function isDone(dream: Dream | undefined, npy: boolean): boolean {
  return dream !== undefined && (!npy || dream.npy !== undefined);
}

/** A dream that is made now, or was before; none for one that is still to come. */
function listDream(
  subject: DreamSubject,
  made: ReadonlyMap<DreamSubject, DreamedPicture>,
  { folder, peaks, settings: { npy } }: DreamJob,
): Dream[] {
  const own = made.get(subject);
  const kept = folder.find(subject);
  const { layer, index, className, base } = subject;
  const highest = peaks?.bySubject.get(subject) ?? null;
  const compare = ({ reached, began }: Pick<Dream, 'reached' | 'began'>) => {
    return { reached, began, highest, exceeds: exceeds(reached, highest) };
  };
  if (own !== undefined) {
    const files = { file: `${base}.png`, ...(npy && { npy: `${base}.npy` }) };
    return [{ layer, index, ...(className !== undefined && { className }), ...files, ...compare(own) }];
  }
  return kept === undefined ? [] : [{ ...kept, ...compare(kept) }];
}

/** A bounded channel has a largest value that images reach too: its mean, which is what is ascended, has to be above theirs. */
function exceeds(reached: Activation, highest: Activation | null): boolean | null {
  return highest && reached.mean > highest.mean && reached.max >= highest.max;
}

function drawPicture({ subject, picture, input }: DreamedPicture, source: PictureSource, npy: boolean) {
  const { base, layer, index, className } = subject;
  const words = layer === null ? `class ${className}` : `channel ${index}`;
  return drawDream({ base, picture, place: layer ?? 'scores', subject: words, ...(npy && { input }) }, source);
}
