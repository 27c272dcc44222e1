// Keeps HDF5's C library to the one file that it was given, and silent.
import { spoilEndlessHeaps } from './hdf5-heap.js';

/** Of the library's file system what is watched here: Emscripten's, over Node's own. */
export interface Hdf5FileSystem {
  open(path: unknown, flags?: unknown, mode?: unknown): unknown;
  read(stream: unknown, data: Uint8Array, offset: number, length: number, ...rest: unknown[]): number;
  write(stream: { fd?: number }, data: Uint8Array, offset: number, length: number, ...rest: unknown[]): number;
}

/** What a call of the library has tried besides. */
interface Hdf5Incidents {
  /** another file that it has tried to open: of an external link, external storage, or a virtual data set */
  opened: string | undefined;
  /** what it printed to stderr, which is how it reports an error */
  printed: string;
}

type Outcome<T> = { outcome: { result: T } | { error: unknown } } & Hdf5Incidents;

const standardError = 2;

/**
 * Runs a call of the library. HDF5 files may name other files, whose content it would read like their own; whatever it
 * opens, other than `allowed`, does not exist for it. It belongs to the whole process, so it is as it was afterwards.
 */
export function guard<T>(system: Hdf5FileSystem, allowed: string, call: () => T): Outcome<T> {
  const { open, read, write } = system;
  const incidents: Hdf5Incidents = { opened: undefined, printed: '' };
  system.open = (path, flags, mode) => {
    if (path === allowed) return open.call(system, path, flags, mode);
    // Plug-ins for filters are looked for in a folder of the machine on which the library was built.
    if (!String(path).endsWith('/plugin')) incidents.opened ??= String(path);
    return open.call(system, '', flags, mode); // throws what the library knows for a file that is not there
  };
  system.read = (stream, data, offset, length, ...rest) => {
    const count = read.call(system, stream, data, offset, length, ...rest);
    spoilEndlessHeaps(Buffer.from(data.buffer, data.byteOffset + offset, count));
    return count;
  };
  system.write = (stream, data, offset, length, ...rest) => {
    if (stream.fd !== standardError) return write.call(system, stream, data, offset, length, ...rest);
    incidents.printed += Buffer.from(data.subarray(offset, offset + length)).toString('latin1');
    return length;
  };
  try {
    return { outcome: { result: call() }, ...incidents };
  } catch (error) {
    return { outcome: { error }, ...incidents };
  } finally {
    Object.assign(system, { open, read, write });
  }
}
