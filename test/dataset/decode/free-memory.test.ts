import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { freeMemory } from '../../../src/dataset/decode/free-memory.js';

test('memory that nothing uses is given back, and no other context gets a collector', async () => {
  const hadOwn = typeof globalThis.gc;
  const before = process.memoryUsage().arrayBuffers;
  new Uint8Array(200e6).fill(1);
  await freeMemory();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6);
  expect([typeof globalThis.gc, runInNewContext('typeof gc')]).toEqual([hadOwn, 'undefined']);
});
