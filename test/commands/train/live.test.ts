import fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import * as reporting from '../../../src/commands/report/index.js';
import { readFilm } from '../../../src/commands/timelapse/read-film.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { readRun } from '../../../src/runs/run.js';
import { readOutcome, small, stopAt, useResumePlace } from './resume-fixture.js';

vi.mock('../../../src/commands/report/index.js', { spy: true });

const place = useResumePlace();
const options = (change: Partial<TrainOptions> = {}) => small(place, change);

/** Trains with an ear for what it reports. */
async function trainAndHear(change: Partial<TrainOptions>) {
  const events: WorkflowEvent[] = [];
  const result = await train(options({ ...change, onEvent: (event) => void events.push(event) }));
  return { ...result, events };
}

test('a run that is watched is bit for bit the run that is not', async () => {
  const { path: unwatched } = await train(options({ out: 'unwatched' }));
  let reading: Promise<string> | undefined;
  const onEvent = (event: WorkflowEvent) => {
    if (event.type === 'live') reading = fetch(`${event.url}events`).then((response) => response.text());
  };
  const { path, page } = await train(options({ out: 'watched', live: true, onEvent }));
  expect(await readOutcome(path)).toEqual(await readOutcome(unwatched));
  expect((await readRun(path)).options).toEqual({ ...(await readRun(unwatched)).options, out: 'watched' });
  const states = [...(await (reading as Promise<string>)).matchAll(/^event: state\ndata: (.*)$/gm)].map(([, data]) =>
    JSON.parse(data as string),
  );
  expect(states.at(-1)).toMatchObject({ status: 'finished', done: 3, frames: [0, 1, 2, 3], hasReport: true });
  expect(page).toBe(join(path, 'report.html'));
  const html = await fs.readFile(page as string, 'utf8');
  expect(html).toContain('cnnviz report');
  expect(html).not.toContain(place.folder);
});

test('without a probe it keeps the first validation image of each class, in the layers that the page shows', async () => {
  const { path, events } = await trainAndHear({ out: 'run', live: true, epochs: 1 });
  const film = await readFilm(path);
  expect(film.images.map(({ name }) => name)).toEqual(['cat.0.png', 'dog.0.png']);
  expect((await film.readFrame(1)).images[0]?.layers.map(({ name }) => name)).toEqual(['max_pooling2d_1']);
  const types = events.map(({ type }) => type);
  expect(types.filter((type) => type === 'live')).toHaveLength(1);
  expect(types.indexOf('live')).toBeLessThan(types.indexOf('epoch-started'));
});

test('a run that was stopped and goes on keeps the same layers, watched or not', async () => {
  const bytes = async (run: string, epoch: number) => fs.readFile(join(run, `film-1/frame-000${epoch}.gz`), 'base64');
  const { path: unbroken } = await train(options({ out: 'unbroken', live: true }));
  const { path } = await train(options({ out: 'stopped', live: true, ...stopAt('saved', 1) }));
  await train({ resume: path });
  for (const epoch of [0, 1, 2, 3]) expect(await bytes(path, epoch)).toBe(await bytes(unbroken, epoch));
});

test('nobody can ask any more once training has ended, or failed', async () => {
  const { events } = await trainAndHear({ out: 'run', live: true, epochs: 1 });
  const { url } = events.find((event) => event.type === 'live') as Extract<WorkflowEvent, { type: 'live' }>;
  await expect(fetch(url)).rejects.toThrow();
  const failed: WorkflowEvent[] = [];
  const onEvent = (event: WorkflowEvent) => {
    failed.push(event);
    if (event.type === 'epoch-started') throw new Error('a listener that fails');
  };
  await expect(train(options({ out: 'other', live: true, onEvent }))).rejects.toThrow('a listener that fails');
  const [live] = failed.filter((event) => event.type === 'live');
  await expect(fetch((live as { url: string }).url)).rejects.toThrow();
});

test('a page that cannot be written, whatever the reason, leaves a run that is saved', async () => {
  vi.spyOn(reporting, 'writeReport').mockRejectedValueOnce(new RangeError('Invalid array length'));
  const { path, page, curves, events } = await trainAndHear({ out: 'run', live: true, epochs: 1 });
  expect({ page, curves }).toEqual({ page: undefined, curves: join(path, 'curves.png') });
  expect(events).toContainEqual({
    type: 'warning',
    message: 'the run is saved, but without its page: Invalid array length',
  });
});

test('a page that a training has left is replaced by the next one, and one of the user stays, which is said', async () => {
  const { path } = await train(options({ out: 'run', live: true, epochs: 1 }));
  const page = join(path, 'report.html');
  const first = await fs.readFile(page, 'utf8');
  const more = (epochs: number, events: WorkflowEvent[] = []) =>
    train({ resume: path, epochs, live: true, onEvent: (event) => void events.push(event) });
  expect((await more(2)).page).toBe(page);
  expect(await fs.readFile(page, 'utf8')).not.toBe(first);
  const own = join(place.pets, 'train/dogs/dog.1.png');
  await reporting.report({ images: [own], model: path, out: page, backend: 'cpu' });
  const written = await fs.readFile(page, 'utf8');
  const events: WorkflowEvent[] = [];
  expect((await more(3, events)).page).toBeUndefined();
  expect(await fs.readFile(page, 'utf8')).toBe(written);
  const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  expect(warnings).toContainEqual(
    expect.stringMatching(/report\.html does not carry the mark of --live and stays as it is/),
  );
  expect(events.filter(({ type }) => type === 'note')).toEqual([]);
});

test('the signal ends the writing of the page, which is announced, and none follows an interruption', async () => {
  const [atPage, atEpoch] = [new AbortController(), new AbortController()];
  const onNote = (event: WorkflowEvent) => event.type === 'note' && event.message.includes('page') && atPage.abort();
  const ended = await train(options({ out: 'ended', live: true, epochs: 1, signal: atPage.signal, onEvent: onNote }));
  expect([atPage.signal.aborted, ended.interrupted, ended.page]).toEqual([true, false, undefined]);
  expect(await fs.readdir(ended.path)).not.toContain('report.html');
  const onSaved = (event: WorkflowEvent) => event.type === 'saved' && atEpoch.abort();
  const stopped = await train(options({ out: 'stopped', live: true, signal: atEpoch.signal, onEvent: onSaved }));
  expect([stopped.interrupted, stopped.page]).toEqual([true, undefined]);
  expect(await fs.readdir(stopped.path)).not.toContain('report.html');
});
