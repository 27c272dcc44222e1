// Attributes of HDF5 files: texts, and lists of texts.

import type { ready } from 'h5wasm';

type Module = Awaited<typeof ready>;

/** What is read of an attribute: one text, several, or nothing where it holds something else. */
export type AttributeValue = string | string[] | undefined;

/** Bytes of a pointer in the library's memory. */
const pointerSize = 4;

/**
 * Reads an attribute without the library's own function for that, which goes on with its damaged memory, for ever, when the
 * file is damaged.
 *
 * @param sizeAtMost bytes that it may declare
 * @returns 'too large' for one that declares more
 */
export function readAttribute(
  module: Module,
  file: bigint,
  path: string,
  name: string,
  sizeAtMost: number,
): { value: AttributeValue } | 'too large' {
  const metadata = module.get_attribute_metadata(file, path, name);
  const { size, total_size: count, shape, vlen, type } = metadata;
  if (count === 0) return { value: [] };
  if (type !== module.H5T_class_t.H5T_STRING.value || shape === null) return { value: undefined };
  if (size * count > sizeAtMost) return 'too large';
  const pointer = module._malloc(size * count);
  module.get_attribute_data(file, path, name, BigInt(pointer));
  const bytes = Buffer.from(module.HEAPU8.subarray(pointer, pointer + size * count));
  const texts = Array.from({ length: count }, (_, index) => {
    const place = index * size;
    if (vlen && size === pointerSize) return module.UTF8ToString(bytes.readUInt32LE(place));
    return bytes.toString('utf8', place, place + size).replace(/\0[\s\S]*$/, '');
  });
  if (vlen) module.reclaim_vlen_memory(file, path, name, BigInt(pointer));
  module._free(pointer);
  return { value: shape.length === 0 ? texts[0] : texts };
}
