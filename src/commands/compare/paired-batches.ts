// Batches of the same images for two networks, each as it wants them.

import { createRandom } from '../../base/random.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import type { Batch } from '../../dataset/stream/batch.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import type { NetworkInput } from '../../engines/contract/network-input.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamAllBatches } from '../shared/output-stream.js';
import type { CompareSettings } from './options.js';
import type { Side } from './sides.js';

/** The same images for both. */
export interface PairedBatch {
  size: number;
  files: LabeledFile[];
  a: NetworkInput;
  b: NetworkInput;
}

/** Files of a folder in a random order, the same each time: what a batch says of all images, one of a single class would not. */
export function shuffleFiles(files: readonly LabeledFile[]): LabeledFile[] {
  const shuffled = [...files];
  const random = createRandom(1, 'sample');
  for (let place = shuffled.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    [shuffled[place], shuffled[other]] = [shuffled[other] as LabeledFile, shuffled[place] as LabeledFile];
  }
  return shuffled;
}

/** The sources of the two networks' pixels; one where they want the same. */
export function openSources(files: readonly LabeledFile[], sides: readonly [Side, Side], settings: CompareSettings) {
  const [a, b] = sides.map(({ trained: { preprocessing } }) => preprocessing) as [
    Side['trained']['preprocessing'],
    Side['trained']['preprocessing'],
  ];
  const open = (preprocessing: typeof a) =>
    new ImageSource([...files], {
      preprocessing,
      onBadImage: settings.onBadImage ?? 'skip',
      cacheBudget: { limit: 0, used: 0 }, // every image is needed once
    });
  const first = open(a);
  return { a: first, b: JSON.stringify(a) === JSON.stringify(b) ? first : open(b) };
}

/** Every image once, as both get it. @throws CnnvizError as streamAllBatches */
export async function* pairBatches(
  sources: { a: ImageSource; b: ImageSource },
  backend: Side['trained']['backend'],
  settings: CompareSettings & { batchSize: number },
): AsyncGenerator<PairedBatch> {
  using decoder = await openDecoder(backend.name);
  const { a, b } = sources;
  a.decoder = decoder;
  b.decoder = decoder;
  const { batchSize, signal } = settings;
  const others = a === b ? undefined : streamAllBatches(b, { batchSize, ...(signal && { signal }) });
  for await (const batch of streamAllBatches(a, settings)) {
    const other = others === undefined ? batch : ((await others.next()).value as Batch | undefined);
    if (other === undefined) return;
    const [pixelsA, pixelsB, indexes] = takeCommon(batch, other);
    if (indexes.length === 0) continue;
    const files = indexes.map((index) => a.files[index] as LabeledFile);
    yield { size: files.length, files, a: a.toInput(pixelsA), b: b.toInput(pixelsB) };
  }
}

/** The images of two batches of the same files that both could decode. */
function takeCommon(batch: Batch, other: Batch): [Uint8Array, Uint8Array, number[]] {
  const inOther = new Set(other.fileIndexes);
  const indexes = [...batch.fileIndexes].filter((index) => inOther.has(index));
  const take = ({ pixels, size, fileIndexes }: Batch) => {
    if (indexes.length === size) return pixels;
    const length = pixels.length / size;
    const places = [...fileIndexes.keys()].filter((place) => indexes.includes(fileIndexes[place] as number));
    const taken = new Uint8Array(length * places.length);
    places.forEach((place, to) => {
      taken.set(pixels.subarray(place * length, (place + 1) * length), to * length);
    });
    return taken;
  };
  return [take(batch), take(other), indexes];
}
