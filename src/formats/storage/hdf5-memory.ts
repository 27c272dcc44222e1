// The memory of HDF5's C library, which grows as far as a file makes it.

/** As much of WebAssembly's Memory as this needs; TypeScript knows it of browsers alone. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const pageSize = 65_536;

/** Lets the memory of WebAssembly grow to so many bytes. It belongs to the whole thread: only for one that does nothing else. */
export function limitMemory(atMost: number): void {
  const { prototype } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: Memory } } }).WebAssembly
    .Memory;
  const { grow } = prototype;
  prototype.grow = function (this: Memory, pages: number) {
    // The library takes this for a machine that has no more.
    if (this.buffer.byteLength + pages * pageSize > atMost) throw new RangeError('too large');
    return grow.call(this, pages);
  };
}
