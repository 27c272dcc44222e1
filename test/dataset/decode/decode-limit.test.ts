import { expect, test } from 'vitest';
import { acquireDecoder, type DecoderLease } from '../../../src/dataset/decode/decode-limit.js';

const SMALL = 400 * 300 * 3;
const TWELVE_MEGAPIXELS = 4000 * 3000 * 3;
/** more than all the room */
const HUGE = 13_000 * 13_000 * 3;

/** Whether a promise is resolved once everything that can go on has gone on. */
async function isResolved(promise: Promise<unknown>): Promise<boolean> {
  let resolved = false;
  void promise.then(() => {
    resolved = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return resolved;
}

async function openSmall(): Promise<DecoderLease> {
  const lease = await acquireDecoder();
  await lease.reserve(SMALL);
  return lease;
}

test('an image larger than all the room decodes alone, and nobody reads a file while one waits for room', async () => {
  const huge = await acquireDecoder();
  await huge.reserve(HUGE);
  const large = await acquireDecoder();
  const room = large.reserve(TWELVE_MEGAPIXELS);
  const small = openSmall();
  expect(await isResolved(room)).toBe(false);
  expect(await isResolved(small)).toBe(false);
  huge.release();
  expect(await isResolved(room)).toBe(true);
  expect(await isResolved(small)).toBe(true);
  large.release();
  (await small).release();
});

test('two images of 12 megapixels decode beside each other, five do not', async () => {
  const leases: DecoderLease[] = [];
  const open = async () => {
    const lease = await acquireDecoder();
    await lease.reserve(TWELVE_MEGAPIXELS);
    leases.push(lease);
  };
  const all = Promise.all([open(), open(), open(), open(), open()]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(leases.length).toBeGreaterThanOrEqual(2);
  expect(leases.length).toBeLessThan(5);
  for (let released = 0; released < 5; released++) {
    leases[released]?.release();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await all;
});

test('what needs everything decodes alone, and so does not even an image without pixels beside it', async () => {
  const alone = await acquireDecoder();
  await alone.reserve(Number.POSITIVE_INFINITY);
  const lease = await acquireDecoder();
  const room = lease.reserve(0);
  expect(await isResolved(room)).toBe(false);
  alone.release();
  expect(await isResolved(room)).toBe(true);
  lease.release();
  (await openSmall()).release();
});

test('a file that cannot be read gives its place back without having asked for room', async () => {
  (await acquireDecoder()).release();
  const next = openSmall();
  expect(await isResolved(next)).toBe(true);
  (await next).release();
});

test('places are limited, and a place that is given back goes to the next in line', async () => {
  const leases: DecoderLease[] = [];
  for (let count = 0; count < 128; count++) leases.push(await openSmall());
  const next = openSmall();
  expect(await isResolved(next)).toBe(false);
  leases.pop()?.release();
  expect(await isResolved(next)).toBe(true);
  for (const lease of [...leases, await next]) lease.release();
});
