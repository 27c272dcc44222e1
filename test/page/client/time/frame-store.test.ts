import { expect, test } from 'vitest';
import { FrameStore } from '../../../../src/page/client/time/frame-store.js';
import type { RunState, TimeFrame } from '../../../../src/page/time/time-data.js';

const stateOf = (startedAt: string, frames: number[]) => ({ startedAt, frames }) as unknown as RunState;
const frameOf = (epoch: number, max: number) =>
  ({ epoch, images: [{ layers: [{ name: 'pool', channels: [0], ranges: [[0, max]] }] }] }) as unknown as TimeFrame;

/** A store whose frames are answered by hand, in the order in which it asks. */
function openStore() {
  const asked: { epoch: number; answer: (frame: TimeFrame | undefined) => void; fail: (error: Error) => void }[] = [];
  const source = {
    first: stateOf('', []),
    readFrame: (epoch: number) =>
      new Promise<TimeFrame | undefined>((answer, fail) => {
        asked.push({ epoch, answer, fail });
      }),
    follow: () => undefined,
  };
  const store = new FrameStore(source, () => undefined);
  const answer = async (max: number) => {
    const next = asked.shift();
    next?.answer(frameOf(next.epoch, max));
    await new Promise(setImmediate);
    return next?.epoch;
  };
  const end = async () => {
    asked.shift()?.fail(new Error('no server'));
    await new Promise(setImmediate);
    return asked.length;
  };
  return { store, answer, end, rangeOf: () => store.rangesOf(0, 'pool').get(0) };
}

test('loads the newest frame first, and has the range of a channel over all', async () => {
  const { store, answer, rangeOf } = openStore();
  store.follow(stateOf('a', [0, 1]));
  expect([await answer(2), await answer(7), await answer(0)]).toEqual([1, 0, undefined]);
  expect(rangeOf()).toEqual([0, 7]);
  store.follow(stateOf('a', [0, 1, 2]));
  expect([await answer(3), await answer(0)]).toEqual([2, undefined]);
  expect(rangeOf()).toEqual([0, 7]);
});

test('keeps nothing of a run that another one took the place of, nor what was under way', async () => {
  const { store, answer, rangeOf } = openStore();
  store.follow(stateOf('a', [0, 1]));
  expect(await answer(9)).toBe(1);
  store.follow(stateOf('b', [0]));
  expect([store.get(1), rangeOf()]).toEqual([undefined, undefined]);
  expect(await answer(9)).toBe(0);
  expect([store.get(0), rangeOf()]).toEqual([undefined, undefined]);
  expect([await answer(2), await answer(0)]).toEqual([0, undefined]);
  expect(rangeOf()).toEqual([0, 2]);
});

test('asks a server that has ended for nothing more, until it is heard of again', async () => {
  const { store, answer, end } = openStore();
  store.follow(stateOf('a', [0, 1, 2]));
  expect(await answer(2)).toBe(2);
  expect(store.isMissing(0)).toBe(false);
  expect(await end()).toBe(0);
  expect([store.isMissing(0), store.isMissing(1), store.get(2)?.epoch]).toEqual([true, true, 2]);
  store.follow(stateOf('a', [0, 1, 2]));
  expect([await answer(2), await answer(2)]).toEqual([1, 0]);
});

test('knows the classes that some frame has a map of', async () => {
  const mapsOf = (...classes: number[]) => classes.map((classIndex) => ({ classIndex, values: [1] }));
  const frames = [mapsOf(2, 0), mapsOf(1, 2)].map((maps, epoch) => {
    return { epoch, images: [{ layers: [], evidence: { maps } }] } as unknown as TimeFrame;
  });
  const source = { first: stateOf('', []), readFrame: async (epoch: number) => frames[epoch], follow: () => undefined };
  const store = new FrameStore(source, () => undefined);
  store.follow(stateOf('a', [0, 1]));
  await expect.poll(() => store.get(0)).toBeDefined();
  expect(store.classesOf(0)).toEqual([0, 1, 2]);
  expect(store.classesOf(1)).toEqual([]);
});
