// Reads HDF5 files of strangers through the C library as WebAssembly, which is loaded when the first one is opened.

import fs from 'node:fs/promises';
import type { Dataset, Group, File as H5File, Metadata } from 'h5wasm';
import { measureFile } from '../../disk/read-file.js';
import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import { numbersAtMost } from '../limits.js';
import { type AttributeValue, readAttribute } from './hdf5-attribute.js';
import { guard, type Hdf5FileSystem } from './hdf5-guard.js';
import { decodeNumbers, findNumberType } from './hdf5-numbers.js';

/** Numbers as they lie in a file. */
export interface Hdf5Array {
  shape: number[];
  values: Float32Array;
}

/** Bytes of numbers for each byte of the file at most, where they are compressed. */
const inflationAtMost = 100;
/** The filters that the library knows: deflate, shuffle, fletcher32. With others it gives wrong numbers, and no error. */
const FILTERS: readonly number[] = [1, 2, 3];

export const DAMAGED = { hint: 'Its upload or download may have ended early: get the file again.' };

/** @throws CnnvizError NOT_FOUND, NOT_READABLE; what `refuse` makes of a file that is damaged */
export async function openHdf5(path: string, refuse: RefuseFile): Promise<Hdf5File> {
  const size = await measureFile(path);
  const place = await fs.realpath(path);
  const { default: library } = await import('h5wasm/node');
  const { FS } = await library.ready;
  const run = <T>(call: () => T): T => {
    const { outcome, opened, printed } = guard(FS as unknown as Hdf5FileSystem, place, call);
    if (opened !== undefined) {
      throw refuse(`it names another file, ${describeValue(opened)}, as a part of it`, ELSEWHERE);
    }
    if (printed === '' && 'result' in outcome) return outcome.result;
    const reason = printed === '' && 'error' in outcome ? String(outcome.error).slice(0, 120) : findReason(printed);
    throw refuse(`it is an HDF5 file that is damaged (${reason})`, DAMAGED);
  };
  return new Hdf5File(
    run(() => new library.File(place, 'r')),
    { size, run, refuse, module: await library.ready },
  );
}

const ELSEWHERE = { hint: 'Only what lies in the file itself is read: save the network in one file.' };

/** The last of the lines that the library prints of an error says most. */
function findReason(printed: string): string {
  const lines = printed.split('\n').filter((line) => /^ +#\d+:/.test(line));
  return (lines.at(-1) ?? '').replace(/^.*\): /, '').slice(0, 120);
}

/** How much of an array the library holds at once: bytes. */
const pieceSize = 16 * 2 ** 20;

interface Piece {
  /** its first number, and how many */
  start: number;
  size: number;
  /** along each axis, as the library wants it; none for everything */
  slab?: { counts: bigint[]; offsets: bigint[]; strides: bigint[] };
}

/** Rows along the first axis, as many as make up a piece; chunks, which the library unpacks whole, are not cut. */
function listPieces({ shape, chunks, size, total_size: total }: Metadata): Piece[] {
  const [rows = 1, ...others] = shape ?? [];
  const width = total / rows;
  const height = Math.max(1, Math.floor(pieceSize / (size * width)));
  if (height >= rows || chunks != null || total === 0) return [{ start: 0, size: total }];
  return Array.from({ length: Math.ceil(rows / height) }, (_, index) => {
    const from = index * height;
    const count = Math.min(height, rows - from);
    const counts = [count, ...others].map(BigInt);
    const offsets = [BigInt(from), ...others.map(() => 0n)];
    return { start: from * width, size: count * width, slab: { counts, offsets, strides: counts.map(() => 1n) } };
  });
}

interface Context {
  readonly size: number;
  readonly run: <T>(call: () => T) => T;
  readonly refuse: RefuseFile;
  readonly module: Awaited<typeof import('h5wasm').ready>;
}

export class Hdf5File {
  private readonly file: H5File;
  private readonly context: Context;
  /** the names in each group that has some and that no link leads to, by path */
  private tree: ReadonlyMap<string, readonly string[]> | undefined;
  /** of other groups that were looked into */
  private readonly known = new Map<string, readonly string[]>();
  /** paths of which no part is a link */
  private readonly checked = new Set<string>();
  /** names by path */
  private readonly attributes = new Map<string, readonly string[]>();

  constructor(file: H5File, context: Context) {
    this.file = file;
    this.context = context;
  }

  /** Whether there is a group or a data set; a link is refused. */
  has(path: string): boolean {
    if (this.listTree().has(path)) return true;
    const cut = path.lastIndexOf('/');
    const isThere = this.names(cut < 0 ? '' : path.slice(0, cut)).includes(path.slice(cut + 1));
    if (!isThere || this.checked.has(path)) return isThere;
    this.refuseLink(path);
    this.checked.add(path);
    return true;
  }

  /** The names in a group, the file's own for an empty path; none where there is no such group. */
  names(path: string): readonly string[] {
    const known = this.listTree().get(path) ?? this.known.get(path);
    if (known !== undefined) return known;
    const group = this.find(path);
    const names = group !== undefined && 'keys' in group ? this.context.run(() => (group as Group).keys()) : [];
    this.known.set(path, names);
    return names;
  }

  /** A text or a list of texts; undefined where there is no such attribute. @param path of a group, empty for the file's own */
  attribute(path: string, name: string): AttributeValue {
    const { run, size, refuse, module } = this.context;
    const { file_id: id } = this.file;
    if (path !== '' && !this.has(path)) return undefined;
    const place = path === '' ? '/' : path;
    const names = this.attributes.get(path) ?? run(() => module.get_attribute_names(id, place));
    this.attributes.set(path, names);
    if (!names.includes(name)) return undefined;
    const found = run(() => readAttribute(module, id, place, name, size + 16));
    if (found !== 'too large') return found.value;
    throw refuse(`its attribute ${describeValue(name)} declares more than the file holds`, DAMAGED);
  }

  /** @throws what `refuse` makes of what is no array of numbers, or not whole in the file */
  readArray(path: string): Hdf5Array {
    const { run, refuse, module } = this.context;
    const dataset = this.find(path);
    if (dataset === undefined || !('filters' in dataset)) throw refuse(`it lacks the numbers ${describeValue(path)}`);
    const metadata = this.checkDataset(dataset, path);
    const type = findNumberType(metadata, module);
    if (type === undefined) throw refuse(`its ${describeValue(path)} are not numbers`);
    const values = new Float32Array(metadata.total_size);
    for (const { start, size, slab } of listPieces(metadata)) {
      const pointer = module._malloc(Math.max(metadata.size * size, 1));
      if (pointer === 0) throw refuse(`its ${describeValue(path)} are too large (${metadata.total_size} numbers)`);
      try {
        run(() =>
          module.get_dataset_data(
            this.file.file_id,
            path,
            slab?.counts ?? null,
            slab?.offsets ?? null,
            slab?.strides ?? null,
            BigInt(pointer),
          ),
        );
        values.set(decodeNumbers(module.HEAPU8.buffer as ArrayBuffer, pointer, size, type), start);
      } finally {
        module._free(pointer);
      }
    }
    return { shape: metadata.shape ?? [], values };
  }

  close(): void {
    this.context.run(() => this.file.close());
  }

  /** One call for the whole file, which goes through no link, takes as long as some ten calls for one group. */
  private listTree(): ReadonlyMap<string, readonly string[]> {
    if (this.tree !== undefined) return this.tree;
    const { run, module } = this.context;
    const tree = new Map<string, string[]>([['', []]]);
    for (const path of run(() => module.get_names(this.file.file_id, '/', true))) {
      const cut = path.lastIndexOf('/');
      const group = cut < 0 ? '' : path.slice(0, cut);
      const names = tree.get(group) ?? [];
      names.push(path.slice(cut + 1));
      tree.set(group, names);
    }
    this.tree = tree;
    return tree;
  }

  private find(path: string) {
    return this.has(path) ? (this.context.run(() => this.file.get(path)) ?? undefined) : undefined;
  }

  private refuseLink(path: string): void {
    const { run, refuse } = this.context;
    const elsewhere = run(() => this.file.get_external_link(path)).filename;
    const link = elsewhere ?? run(() => this.file.get_link(path));
    if (typeof link === 'string')
      throw refuse(`its ${describeValue(path)} is a link to ${describeValue(link)}`, ELSEWHERE);
  }

  private checkDataset(dataset: Dataset, path: string): Metadata {
    const { run, refuse, size } = this.context;
    const metadata = run(() => dataset.metadata);
    const filters = run(() => dataset.filters);
    const odd = filters.find(({ id }) => !FILTERS.includes(id));
    if (odd !== undefined) {
      throw refuse(
        `its ${describeValue(path)} are packed with the filter ${describeValue(odd.name)}, which is not known`,
        {
          hint: 'Save the network with Keras itself, or pack it with gzip.',
        },
      );
    }
    if (metadata.virtual_sources !== undefined)
      throw refuse(`its ${describeValue(path)} lie in another file`, ELSEWHERE);
    const atMost = filters.some(({ id }) => id === 1) ? size * inflationAtMost : size;
    if (metadata.total_size <= numbersAtMost && metadata.size * metadata.total_size <= atMost) return metadata;
    throw refuse(
      `its ${describeValue(path)} declare ${metadata.total_size} numbers, more than the file holds`,
      DAMAGED,
    );
  }
}
