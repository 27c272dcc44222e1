// How many files may be in decoding at once.

import { availableParallelism } from 'node:os';

/**
 * How many images may be between file and network input at once. While a native training step blocks the event
 * loop, only decodes that have already been handed to the thread pool go on: so there must be enough for a whole batch,
 * but neither full-size pixels (36 MB for 12 megapixels) nor files that wait for their turn must pile up.
 */
const MAX_OPEN = 128;
/** For each thread that can decode (libuv has four) one image of 12 megapixels. */
const MAX_OPEN_BYTES = 40 * 2 ** 20 * Math.min(Math.max(availableParallelism(), 2), 4);

/** The right to decode one image. */
export interface DecoderLease {
  /**
   * Waits until there is room for what decoding the image takes. One always has room: what needs more than all there
   * is, such as infinity, decodes while nothing else does.
   */
  reserve(bytes: number): Promise<void>;
  /** Gives everything back; must be called once. */
  release(): void;
}

let openCount = 0;
let openBytes = 0;
/** Whether a lease is between its beginning and its room: there is one at a time, so one file at most waits in memory. */
let isTurnTaken = false;
let waitingForRoom: { bytes: number; start: () => void } | undefined;
const waitingForTurn: (() => void)[] = [];

/** Waits for a place among the open decodes, first come, first served. */
export async function acquireDecoder(): Promise<DecoderLease> {
  await new Promise<void>((start) => {
    waitingForTurn.push(start);
    admitNext();
  });
  let reserved: number | undefined;
  return {
    async reserve(wanted) {
      const bytes = Math.max(1, Math.min(wanted, MAX_OPEN_BYTES));
      if (!hasRoom(bytes)) await new Promise<void>((start) => (waitingForRoom = { bytes, start }));
      else openBytes += bytes;
      reserved = bytes;
      passTurn();
    },
    release() {
      openCount--;
      if (reserved === undefined) passTurn();
      else openBytes -= reserved;
      admitNext();
    },
  };
}

function passTurn(): void {
  isTurnTaken = false;
  admitNext();
}

function admitNext(): void {
  if (waitingForRoom !== undefined && hasRoom(waitingForRoom.bytes)) {
    openBytes += waitingForRoom.bytes;
    waitingForRoom.start();
    waitingForRoom = undefined;
  }
  if (isTurnTaken || openCount >= MAX_OPEN) return;
  const next = waitingForTurn.shift();
  if (next === undefined) return;
  isTurnTaken = true;
  openCount++;
  next();
}

function hasRoom(bytes: number): boolean {
  return openBytes === 0 || openBytes + bytes <= MAX_OPEN_BYTES;
}
