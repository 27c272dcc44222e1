import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FilmSource } from '../../../../src/page/client/time/film-source.js';

const first = { name: 'cat.jpg', probabilities: [], layers: [] };
/** what is asked for, answered by hand */
const asked: { url: string; answer: (response: Response) => void; fail: (error: Error) => void }[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string) => {
    return new Promise<Response>((answer, fail) => void asked.push({ url, answer, fail }));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const settled = () => new Promise(setImmediate);
const dataOf = (epoch: number) => Response.json({ ...first, probabilities: [epoch], layers: [{ name: 'conv' }] });

/** Lets a source load an epoch. */
async function load(source: FilmSource, epoch: number, response: Response): Promise<void> {
  const loading = source.load(epoch);
  await settled();
  asked.at(-1)?.answer(response);
  await loading;
}

test('asks for the epochs of the run of the page', async () => {
  const source = new FilmSource(2, '2026-01-02T03:04:05.000Z', first);
  await load(source, 3, dataOf(3));
  expect([source.epoch, source.has(3), source.data.probabilities]).toEqual([3, true, [3]]);
  const [layer] = source.data.layers;
  if (layer === undefined) throw new Error('no layer');
  source.readMaps(layer).catch(() => undefined);
  expect(asked.map(({ url }) => url)).toEqual([
    'frames/3/2?run=2026-01-02T03%3A04%3A05.000Z',
    'frames/3/2/0?run=2026-01-02T03%3A04%3A05.000Z',
  ]);
  await load(source, 3, dataOf(3));
  expect(asked).toHaveLength(2);
});

test.each([404, 500])('asks again for an epoch that was answered with %d', async (status) => {
  const source = new FilmSource(0, 'now', first);
  await load(source, 1, dataOf(1));
  await load(source, 2, new Response('', { status }));
  expect([source.epoch, source.has(2), source.data.layers]).toEqual([2, false, []]);
  const { data } = source;
  await load(source, 2, new Response('', { status }));
  expect(source.data).toBe(data);
  await load(source, 2, dataOf(2));
  expect([source.epoch, source.has(2), source.data.probabilities]).toEqual([2, true, [2]]);
});

test('has nothing of another epoch where there is no server, keeps what it had, and asks again', async () => {
  const source = new FilmSource(0, 'now', first);
  await load(source, 1, dataOf(1));
  const loading = source.load(2);
  await settled();
  asked.at(-1)?.fail(new Error('no server'));
  await loading;
  expect([source.epoch, source.has(2), source.data]).toEqual([undefined, false, first]);
  await source.load(1);
  expect([source.epoch, source.has(1), source.data.probabilities]).toEqual([1, true, [1]]);
  expect(asked).toHaveLength(2);
  await load(source, 2, dataOf(2));
  expect(source.has(2)).toBe(true);
});

test('of several epochs that wait for one it reads only the last', async () => {
  const source = new FilmSource(0, 'now', first);
  const loading = [1, 2, 3].map((epoch) => source.load(epoch));
  await settled();
  // The first one was given up before it was begun.
  expect(asked.map(({ url }) => url)).toEqual(['frames/3/0?run=now']);
  loading.push(source.load(4), source.load(5));
  asked[0]?.answer(dataOf(3));
  await settled();
  expect(asked.map(({ url }) => url)).toEqual(['frames/3/0?run=now', 'frames/5/0?run=now']);
  asked[1]?.answer(dataOf(5));
  await Promise.all(loading);
  expect(source.data.probabilities).toEqual([5]);
});
