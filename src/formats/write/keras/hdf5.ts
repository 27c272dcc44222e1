// Writes HDF5 files. h5wasm, 4 MB of WebAssembly, is loaded here and nowhere before.

import type { Group } from 'h5wasm/node';
import type { NamedArray } from '../../../engines/contract/training-step.js';

/** The most that fits into one attribute of names, in bytes: HDF5 keeps an object's header below 64 kB. */
const ATTRIBUTE_BYTES = 64_512;

/** Writes a file. @param fill puts content into its root */
export async function writeHdf5(path: string, fill: (root: Group) => void): Promise<void> {
  const { File, ready } = await import('h5wasm/node');
  await ready;
  const file = new File(path, 'w');
  try {
    fill(file);
    file.flush();
  } finally {
    file.close();
  }
}

/** The group at a path below another one; made where it is not there. */
export function groupAt(root: Group, path: string): Group {
  let group = root;
  for (const name of path.split('/')) group = (group.get(name) as Group | null) ?? group.create_group(name);
  return group;
}

export function writeArray(group: Group, name: string, { shape, values }: Omit<NamedArray, 'name'>): void {
  group.create_dataset({ name, data: values, shape: [...shape], dtype: '<f4' });
}

/** An array of zeros, which takes next to no space. */
export function writeZeros(group: Group, name: string, shape: readonly number[]): void {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const chunks = [...shape];
  group.create_dataset({ name, data, shape: chunks, dtype: '<f4', chunks, compression: 'gzip', compression_opts: 9 });
}

/** Names as Keras 2 has them: an attribute, or several numbered ones where they are too many for one. */
export function writeNames(group: Group, attribute: string, names: readonly string[]): void {
  if (names.length === 0) {
    group.create_attribute(attribute, new Float64Array(0), [0], '<d');
    return;
  }
  const width = Math.max(...names.map((name) => Buffer.byteLength(name)));
  const perPart = Math.max(1, Math.floor(ATTRIBUTE_BYTES / width));
  for (let start = 0, part = 0; start < names.length; start += perPart, part++) {
    const some = names.slice(start, start + perPart);
    const name = names.length <= perPart ? attribute : `${attribute}${part}`;
    group.create_attribute(name, some, [some.length], `S${width}`);
  }
}
