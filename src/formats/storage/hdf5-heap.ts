// The check of HDF5's heaps that its C library (2.0) lacks: over a damaged one it goes round for ever.

/** Of a collection: signature, version, and its size. Of an object in it: index, uses, and size. */
const headerSize = 16;
const SIGNATURE = 'GCOL\x01\0\0\0';

/**
 * Takes the signature away from collections of a global heap (texts of any length lie in those) in which an object takes no
 * room: nobody who goes from each to the next gets to the end. Without it they are damaged to the library as well.
 * https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 *
 * @param bytes of a file, from any place; changed
 */
export function spoilEndlessHeaps(bytes: Buffer): void {
  for (let place = findHeap(bytes, 0); place >= 0; place = findHeap(bytes, place + headerSize)) {
    if (isEndless(bytes.subarray(place))) bytes.fill(0, place, place + 4);
  }
}

const findHeap = (bytes: Buffer, from: number) => bytes.indexOf(SIGNATURE, from, 'latin1');

function isEndless(heap: Buffer): boolean {
  if (heap.length < headerSize) return false;
  const end = Math.min(heap.length, Number(heap.readBigUInt64LE(8)));
  for (let place = headerSize; place + headerSize <= end; ) {
    const size = Number(heap.readBigUInt64LE(place + 8));
    const isFreeSpace = heap.readUInt16LE(place) === 0;
    const taken = isFreeSpace ? size : headerSize + Math.ceil(size / 8) * 8;
    if (taken === 0) return true;
    place += taken;
  }
  return false;
}
