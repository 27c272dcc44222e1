/**
 * How many photographs may be between file and network input at once. While a native training step blocks the event
 * loop, only decodes that have already been handed to the thread pool go on: so there must be enough for a whole batch,
 * but full-size pixels (36 MB for a 12 megapixel photograph) must not pile up.
 */
const MAX_OPEN = 128;
const MAX_OPEN_BYTES = 64 * 2 ** 20;

/** Where the size is not known before decoding: half of everything, so that at most two go on at once. */
const UNKNOWN_BYTES = MAX_OPEN_BYTES / 2;

/** The right to decode one photograph. */
export interface DecoderLease {
  /** Waits until there is room for the photograph's full-size pixels; one photograph always has room. */
  reserve(size: { width: number; height: number } | undefined): Promise<void>;
  /** Gives everything back; must be called once. */
  release(): void;
}

let openCount = 0;
let openBytes = 0;
const waitingForPlace: (() => void)[] = [];
const waitingForRoom: { bytes: number; start: () => void }[] = [];

/** Waits for a place among the open decodes, first come, first served. */
export async function acquireDecoder(): Promise<DecoderLease> {
  if (openCount >= MAX_OPEN) await new Promise<void>((resolve) => waitingForPlace.push(resolve));
  else openCount++;
  let reserved = 0;
  return {
    async reserve(size) {
      reserved = size === undefined ? UNKNOWN_BYTES : size.width * size.height * 3;
      if (waitingForRoom.length === 0 && hasRoom(reserved)) openBytes += reserved;
      else await new Promise<void>((start) => waitingForRoom.push({ bytes: reserved, start }));
    },
    release() {
      openBytes -= reserved;
      admitWaiting();
      const next = waitingForPlace.shift();
      if (next === undefined) openCount--;
      else next();
    },
  };
}

function hasRoom(bytes: number): boolean {
  return openBytes === 0 || openBytes + bytes <= MAX_OPEN_BYTES;
}

function admitWaiting(): void {
  for (let first = waitingForRoom[0]; first !== undefined && hasRoom(first.bytes); first = waitingForRoom[0]) {
    waitingForRoom.shift();
    openBytes += first.bytes;
    first.start();
  }
}
