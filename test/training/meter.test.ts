import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Meter } from '../../src/training/meter.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('means are over all examples, however they came in batches', () => {
  const meter = new Meter();
  meter.add(6, 3, 4);
  meter.add(1, 1, 1);
  expect([meter.loss, meter.accuracy]).toEqual([7 / 5, 4 / 5]);
});

test('nothing is known before the first example', () => {
  const { loss, accuracy, imagesPerSecond } = new Meter();
  expect([loss, accuracy, imagesPerSecond]).toEqual([Number.NaN, Number.NaN, 0]);
});

test('what was summed before counts for the means, which go on in place, and not for the speed', () => {
  const sums = { loss: 8, correctCount: 2, exampleCount: 10 };
  const meter = new Meter(sums);
  meter.add(2, 4, 6);
  vi.advanceTimersByTime(2000);
  expect([meter.loss, meter.accuracy, meter.imagesPerSecond]).toEqual([10 / 16, 6 / 16, 3]);
  expect(sums).toEqual({ loss: 10, correctCount: 6, exampleCount: 16 });
});
