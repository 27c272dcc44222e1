import { HashSet } from '../../dataset/examine/hash-set.js';
import { type LookOptions, lookAtFiles, readSize } from '../../dataset/examine/look-at-files.js';
import { readWhole } from '../../dataset/files/open-file.js';
import { HASH_BYTES, hashContent, isKnownHash } from '../../dataset/stream/content-hashes.js';
import type { DataList, SplitList } from '../../runs/data-list.js';
import type { WorkflowOptions } from './events.js';
import { nameIn } from './name-in.js';

/**
 * What an image was to a run: trained on; held out; never seen; or one of its images by name that holds something else now.
 */
export type ImageOrigin = 'train' | 'validation' | 'unseen' | 'changed';

export interface RecognizedImages {
  /** of each path */
  origins: ImageOrigin[];
  /** of each path: the run was trained on a file with the same bytes, also where this one was held out */
  isTrainedOn: boolean[];
  /** most of the run's images are among the paths, or most of the paths are the run's images */
  isOwnData: boolean;
  /** the run's images that are not among the paths */
  missing: { train: number; validation: number };
}

/** Images that agree in name and size with the run's are read to make sure, but not all: files can be of one size by nature. */
const SAMPLE_SIZE = 256;

/** Recognizing that takes no longer is not worth a word. */
const QUIET_MS = 2000;

/**
 * Recognizes a run's images among others: by their names within a data folder and their sizes, else by what they hold, where
 * their sizes agree with any of the run's. Only those last ones are read, and a sample of the others.
 *
 * @param roots folders that paths can be relative to: where the run's data folder is now, and where it was
 * @param quietMs from when on it is reported how many of the files were looked at
 * @throws CnnvizError ABORTED
 */
export async function recognizeImages(
  paths: readonly string[],
  roots: readonly string[],
  list: DataList,
  { onEvent, signal, quietMs = QUIET_MS }: WorkflowOptions & { quietMs?: number } = {},
): Promise<RecognizedImages> {
  const startedAt = performance.now();
  // Those that are read count a second time.
  const watch = (before: number, total: number): LookOptions => ({
    signal,
    onProgress(done) {
      if (performance.now() - startedAt < quietMs) return;
      onEvent?.({ type: 'image-recognized', done: before + done, total });
    },
  });
  const index = new ListIndex(list);
  const sizes = await lookAtFiles(paths, readSize, watch(0, paths.length));
  const byName = paths.map((path) => index.findName(path, roots));
  const agreeing = paths.flatMap((path, at) => (index.hasSize(byName[at], sizes.get(path)) ? [at] : []));
  const isTrusted = await checkSample(agreeing, paths, byName, index, signal);
  const found = new Map<number, Entry | undefined>(isTrusted ? agreeing.map((at) => [at, byName[at]]) : []);
  const others = paths.filter((path, at) => !found.has(at) && index.mayHold(sizes.get(path)));
  const reading = watch(paths.length, paths.length + others.length);
  const hashes = await lookAtFiles(others, (path) => hashContent(readWhole(path)), reading);
  return summarize(paths, byName, found, hashes, index);
}

async function checkSample(
  agreeing: readonly number[],
  paths: readonly string[],
  byName: readonly (Entry | undefined)[],
  index: ListIndex,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const known = agreeing.filter((at) => index.hashOf(byName[at] as Entry) !== undefined);
  const step = Math.max(1, Math.floor(known.length / SAMPLE_SIZE));
  const sample = known.filter((_, place) => place % step === 0);
  const read = await lookAtFiles(
    sample.map((at) => paths[at] as string),
    (path) => hashContent(readWhole(path)),
    { signal },
  );
  return sample.every((at) => {
    const now = read.get(paths[at] as string);
    return now === undefined || now.equals(index.hashOf(byName[at] as Entry) as Uint8Array);
  });
}

function summarize(
  paths: readonly string[],
  byName: readonly (Entry | undefined)[],
  found: ReadonlyMap<number, Entry | undefined>,
  hashes: ReadonlyMap<string, Buffer>,
  index: ListIndex,
): RecognizedImages {
  const origins: ImageOrigin[] = [];
  const isTrainedOn: boolean[] = [];
  const seen = { names: new Set<Entry>(), hashes: new Set<string>() };
  for (const [at, path] of paths.entries()) {
    const entry = found.get(at);
    const isNamed = entry !== undefined;
    const hash = isNamed ? index.hashOf(entry) : hashes.get(path);
    const wasTrained = entry?.split === 'train' || (hash !== undefined && index.trained.has(hash));
    const wasHeldOut = !isNamed && hash !== undefined && index.heldOut.has(hash);
    origins.push(
      entry?.split ?? (wasTrained ? 'train' : wasHeldOut ? 'validation' : byName[at] ? 'changed' : 'unseen'),
    );
    isTrainedOn.push(wasTrained);
    if (isNamed) seen.names.add(entry);
    else if (hash !== undefined) seen.hashes.add(Buffer.from(hash).toString('latin1'));
  }
  const knownCount = origins.filter((origin) => origin === 'train' || origin === 'validation').length;
  const isOwnData = knownCount > 0 && 2 * knownCount >= Math.min(paths.length, index.entries.length);
  // In another folder a name that both have says nothing.
  const unlessChanged = (origin: ImageOrigin) => (origin === 'changed' && !isOwnData ? 'unseen' : origin);
  return { origins: origins.map(unlessChanged), isTrainedOn, isOwnData, missing: index.countMissing(seen) };
}

/** One of a run's images. */
interface Entry {
  split: 'train' | 'validation';
  /** in its split */
  place: number;
}

/** A run's images by name, by size and by what they hold. */
class ListIndex {
  readonly entries: Entry[] = [];
  readonly trained: HashSet;
  readonly heldOut: HashSet;
  readonly #list: DataList;
  readonly #byName = new Map<string, Entry>();
  /** of the files whose hashes are known */
  readonly #sizes = new Set<number>();

  constructor(list: DataList) {
    this.#list = list;
    for (const split of ['train', 'validation'] as const) this.#add(split, list[split]);
    this.trained = new HashSet(list.train.hashes ?? new Uint8Array());
    this.heldOut = new HashSet(list.validation?.hashes ?? new Uint8Array());
  }

  #add(split: Entry['split'], { files, sizes = [], hashes }: SplitList = { files: [], badFiles: [] }): void {
    for (const [place, name] of files.entries()) {
      const entry = { split, place };
      this.entries.push(entry);
      this.#byName.set(name.normalize(), entry);
      const size = sizes[place];
      if (typeof size === 'number' && hashes && isKnownHash(hashes, place)) this.#sizes.add(size);
    }
  }

  findName(path: string, roots: readonly string[]): Entry | undefined {
    for (const root of roots) {
      if (!path.startsWith(root)) continue; // what a million relative paths take is not worth it
      const entry = this.#byName.get(nameIn(root, path).normalize());
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Whether a file has the size that the run's image had, as far as that is known. */
  hasSize(entry: Entry | undefined, size: number | undefined): boolean {
    if (entry === undefined || size === undefined) return false;
    const then = this.#list[entry.split]?.sizes?.[entry.place];
    return then === undefined || then === null || then === size;
  }

  /** Whether any of the run's images had this size. */
  mayHold(size: number | undefined): boolean {
    return size !== undefined && this.#sizes.has(size);
  }

  hashOf({ split, place }: Entry): Uint8Array | undefined {
    const hashes = this.#list[split]?.hashes;
    if (hashes === undefined || !isKnownHash(hashes, place)) return undefined;
    return hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
  }

  countMissing(seen: { names: ReadonlySet<Entry>; hashes: ReadonlySet<string> }): RecognizedImages['missing'] {
    const missing = { train: 0, validation: 0 };
    for (const entry of this.entries) {
      if (seen.names.has(entry)) continue;
      const hash = seen.hashes.size === 0 ? undefined : this.hashOf(entry);
      if (hash === undefined || !seen.hashes.has(Buffer.from(hash).toString('latin1'))) missing[entry.split]++;
    }
    return missing;
  }
}
