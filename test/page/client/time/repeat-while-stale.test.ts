import { afterEach, expect, test, vi } from 'vitest';
import { repeatWhileStale } from '../../../../src/page/client/time/repeat-while-stale.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** An action whose calls are ended by hand. */
function open() {
  const calls: { done: () => void; fail: (error: Error) => void }[] = [];
  const repeat = repeatWhileStale(() => new Promise<void>((done, fail) => void calls.push({ done, fail })));
  const settled = () => new Promise(setImmediate);
  return { calls, repeat, settled };
}

test('what is asked for meanwhile is done once, afterwards', async () => {
  const { calls, repeat, settled } = open();
  repeat();
  repeat();
  repeat();
  expect(calls).toHaveLength(1);
  calls[0]?.done();
  await settled();
  expect(calls).toHaveLength(2);
  calls[1]?.done();
  await settled();
  expect(calls).toHaveLength(2);
});

test('one that fails is reported, and stops neither what is asked for meanwhile nor later', async () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const { calls, repeat, settled } = open();
  repeat();
  repeat();
  calls[0]?.fail(new Error('first'));
  await settled();
  expect(calls).toHaveLength(2);
  calls[1]?.fail(new Error('second'));
  await settled();
  repeat();
  expect(calls).toHaveLength(3);
  expect(report.mock.calls.map(([error]) => error.message)).toEqual(['first', 'second']);
});
