import { expect, test } from 'vitest';
import { acquireDecoder, type DecoderLease } from '../../src/dataset/decode-limit.js';

const TWELVE_MEGAPIXELS = { width: 4000, height: 3000 };

/** Whether a promise is settled once everything that can go on has gone on. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test('one large photograph decodes at a time, small ones beside each other', async () => {
  const [first, second, third] = await Promise.all([acquireDecoder(), acquireDecoder(), acquireDecoder()]);
  expect(await isSettled(first.reserve(TWELVE_MEGAPIXELS))).toBe(true);
  const room = second.reserve(TWELVE_MEGAPIXELS);
  expect(await isSettled(room)).toBe(false);
  const small = third.reserve({ width: 400, height: 300 });
  expect(await isSettled(small)).toBe(false); // first come, first served: a large one is never starved
  first.release();
  expect(await isSettled(room)).toBe(true);
  expect(await isSettled(small)).toBe(true);
  second.release();
  third.release();
});

test('a photograph larger than all the room decodes alone', async () => {
  const lease = await acquireDecoder();
  expect(await isSettled(lease.reserve({ width: 13_000, height: 13_000 }))).toBe(true);
  lease.release();
});

test('places are limited, and a place that is given back goes to the next in line', async () => {
  const leases: DecoderLease[] = [];
  for (let count = 0; count < 128; count++) leases.push(await acquireDecoder());
  const next = acquireDecoder();
  expect(await isSettled(next)).toBe(false);
  leases.pop()?.release();
  expect(await isSettled(next)).toBe(true);
  for (const lease of [...leases, await next]) lease.release();
});
