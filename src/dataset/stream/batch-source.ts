import type { CnnvizError } from '../../base/errors.js';
import type { Preprocessing } from '../decode/preprocessing.js';
import type { LabeledFile } from '../folder/image-folder.js';
import type { BadFile } from './batch.js';
import type { ContentHashes } from './content-hashes.js';
import type { ImageInput } from './image-input.js';

/** What happens when an image cannot be used: it leaves a hole in its batch, or everything ends. */
export type OnBadImage = 'skip' | 'fail';

/** Where batches come from: as many bytes for each file of a list, whatever they stand for. */
export interface BatchSource {
  readonly files: readonly LabeledFile[];
  readonly preprocessing: Preprocessing;
  readonly onBadImage: OnBadImage;
  /** what is known of the content of the files read so far; absent where nobody remembers it */
  readonly hashes: ContentHashes | undefined;
  /** of one file */
  readonly imageBytes: number;
  /** the files found unusable so far, in the order of `files` */
  readonly badFiles: BadFile[];
  /**
   * The bytes of one file, which must not be written to, or why there are none.
   *
   * @param index in `files`
   */
  load(index: number): Promise<Uint8Array | CnnvizError>;
  /** What a network gets for the bytes of a batch, good as long as these. */
  toInput(bytes: Uint8Array): ImageInput;
}
