import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventStreams } from '../../src/live/event-streams.js';

/** A reader whose connection takes nothing while it is full. */
class FakeResponse extends EventEmitter {
  readonly texts: string[] = [];
  isFull = false;
  isDestroyed = false;
  write(text: string): boolean {
    this.texts.push(text);
    return !this.isFull;
  }
  drain(): void {
    this.isFull = false;
    this.emit('drain');
  }
  destroy(): void {
    this.isDestroyed = true;
    this.emit('close');
  }
  end(done: () => void): void {
    if (!this.isFull) done();
  }
  get states(): string[] {
    return this.texts.filter((text) => text.startsWith('event: state')).map((text) => text.slice(19, -2));
  }
}

let streams: EventStreams;
const join = () => {
  const response = new FakeResponse();
  streams.add(response as unknown as ServerResponse);
  return response;
};

beforeEach(() => {
  vi.useFakeTimers();
  streams = new EventStreams('first', { beatMs: 100, patienceMs: 500 });
});

afterEach(() => vi.useRealTimers());

test('a reader gets what is known as it comes, and every change', () => {
  const early = join();
  streams.publish('second');
  const late = join();
  expect(early.states).toEqual(['first', 'second']);
  expect(late.states).toEqual(['second']);
});

test('a slow reader gets nothing more until it takes what it has, and then the newest alone', () => {
  const [slow, quick] = [join(), join()];
  slow.isFull = true;
  for (const state of ['a', 'b', 'c', 'd']) streams.publish(state);
  expect(slow.states).toEqual(['first', 'a']);
  expect(quick.states).toEqual(['first', 'a', 'b', 'c', 'd']);
  slow.drain();
  expect(slow.states).toEqual(['first', 'a', 'd']);
  slow.drain();
  expect(slow.states).toEqual(['first', 'a', 'd']);
});

test('a reader hears a sign of life; one that takes nothing for too long is dropped', () => {
  const [slow, quick] = [join(), join()];
  slow.isFull = true;
  streams.publish('a');
  vi.advanceTimersByTime(400);
  expect(quick.texts.filter((text) => text.startsWith('event: beat'))).toHaveLength(4);
  expect([slow.texts.length, slow.isDestroyed]).toEqual([3, false]);
  vi.advanceTimersByTime(300);
  expect([slow.isDestroyed, quick.isDestroyed, streams.count]).toEqual([true, false, 1]);
});

test('a reader that went away is forgotten', () => {
  const gone = join();
  gone.emit('close');
  streams.publish('a');
  expect([gone.states, streams.count]).toEqual([['first'], 0]);
});

test('closing waits for who reads, and not for long for who does not', async () => {
  const [slow, quick] = [join(), join()];
  slow.isFull = true;
  const closed = streams.close();
  await vi.advanceTimersByTimeAsync(1100);
  await closed;
  expect([slow.isDestroyed, quick.isDestroyed]).toEqual([true, true]);
});
