import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../../../../src/page/client/time/connection.js';

/** Seconds after the beginning, when a stream was asked for. */
let opened: number[];
let begun: number;
/** the stream that was asked for last */
let last: FakeStream;
const onState = vi.fn();
const onLost = vi.fn();
/** the document */
let wake: EventTarget;

class FakeStream extends EventTarget {
  isClosed = false;
  constructor() {
    super();
    opened.push((Date.now() - begun) / 1000);
    last = this;
  }
  close(): void {
    this.isClosed = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  [opened, begun] = [[], Date.now()];
  vi.stubGlobal('EventSource', FakeStream);
  wake = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', wake);
  vi.stubGlobal('addEventListener', () => undefined);
  onState.mockClear();
  onLost.mockClear();
  connect(onState, onLost);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const fail = () => last.dispatchEvent(new Event('error'));
/** As long as nobody answers. */
function waitFor(seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    if (!last.isClosed) fail();
    vi.advanceTimersByTime(1000);
  }
}

test('asks a server that has ended more and more rarely, and says once that it is lost', () => {
  waitFor(125);
  expect(opened).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121]);
  expect(onLost).toHaveBeenCalledOnce();
});

test('asks soon again once the server was there', () => {
  waitFor(40);
  last.dispatchEvent(Object.assign(new Event('state'), { data: '{"done":3}' }));
  expect(onState.mock.calls).toEqual([[{ done: 3 }]]);
  expect(onLost.mock.calls.at(-1)).toEqual([undefined]);
  fail();
  vi.advanceTimersByTime(1000);
  expect(opened.slice(-1)).toEqual([41]);
});

test('asks at once when somebody looks at the page again', () => {
  waitFor(33);
  wake.dispatchEvent(new Event('visibilitychange'));
  expect(opened.slice(-2)).toEqual([31, 33]);
  waitFor(30);
  expect(opened.slice(-2)).toEqual([33, 63]);
});

test('asks again where a stream says nothing any more', () => {
  vi.advanceTimersByTime(30_000);
  expect(opened).toEqual([0, 30]);
  expect(onLost).toHaveBeenCalledOnce();
});
