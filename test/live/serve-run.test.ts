import fs from 'node:fs/promises';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RunFollower } from '../../src/live/follow-run.js';
import { type LiveServer, serveRun } from '../../src/live/serve-run.js';
import type { PageImageData } from '../../src/page/image-data.js';
import type { PageData } from '../../src/page/page-data.js';
import type { RunState, TimeFrame } from '../../src/page/time/time-data.js';
import { unlockRun } from '../../src/runs/run-lock.js';
import { useGrowingRun } from './growing-run.js';

const run = useGrowingRun();
/** as the growing run began */
const runQuery = '?run=2026-01-02T03%3A04%3A05.000Z';
let server: LiveServer;

beforeEach(async () => {
  server = await serveRun(run.folder, { port: 0 });
});
afterEach(() => server.close());

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Unlike `fetch` it sends paths and hosts as they are. */
function ask(path: string, { method = 'GET', host }: { method?: string; host?: string } = {}): Promise<Answer> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    const asked = sendRequest({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
      let body = '';
      for await (const part of response) body += part;
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    asked.on('error', reject).end();
  });
}

const below = (path: string) => `${new URL(server.url).pathname}${path}`;

/** Reads states as they come. */
async function listen(url = server.url) {
  const abort = new AbortController();
  const response = await fetch(`${url}events`, { signal: abort.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  return {
    headers: response.headers,
    abort: () => abort.abort(),
    /** the first state from now on that is meant */
    async until(isMeant: (state: RunState) => boolean): Promise<RunState> {
      for (;;) {
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, data] = /^event: state\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
          text = text.slice(end + 2);
          const state = data && (JSON.parse(data) as RunState);
          if (state && isMeant(state)) return state;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        text += new TextDecoder().decode(value);
      }
    },
  };
}

describe('the server of a run', () => {
  test('answers nobody but who has the address, asks by its name, and only reads', async () => {
    await run.save(1);
    expect((await ask(below(''))).status).toBe(200);
    for (const path of ['/', '/favicon.ico', '/run.json', '/events', '/frames/0', `/x${below('')}`]) {
      expect([path, (await ask(path)).status]).toEqual([path, 403]);
    }
    expect((await ask(below(''), { host: 'evil.example' })).status).toBe(403);
    expect((await ask(below('events'), { host: 'evil.example:80' })).status).toBe(403);
    for (const method of ['POST', 'PUT', 'HEAD']) expect((await ask(below(''), { method })).status).toBe(405);
  });

  test('gives no file of the run, or of anything else', async () => {
    await run.save(1);
    const paths = ['run.json', '../run.json', '..%2frun.json', 'frames/../run.json', 'frames/0/', 'frames/-1'];
    const ofRun = ['frames/1/1', 'frames/2/0', 'frames/1/0/99', 'frames/1/0/-1', 'frames/1/0/0/0', 'frames/1/0/conv'];
    paths.push(...ofRun.map((path) => path + runQuery), `frames/1${runQuery}`);
    for (const path of [...paths, 'frames/0x0', '//etc/passwd', 'film-1/images.gz', 'frames/2', 'lock', '?x', '%00']) {
      expect([path, (await ask(below(path))).status]).toEqual([path, 404]);
    }
    expect((await ask(below('').slice(0, -1))).headers.location).toBe(below(''));
  });

  test('allows its page one script, one style and requests to itself', async () => {
    await run.save(1);
    const { headers, body } = await ask(below(''));
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'sha256-[^' ]+'(;|$)/);
    expect(policy).toMatch(/style-src 'sha256-[^' ]+'(;|$)/);
    expect(policy).toMatch(/connect-src 'self'/);
    expect(policy).not.toMatch(/unsafe|http:|https:|\*/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(body).not.toContain(run.folder);
    const events = await listen();
    expect(events.headers.get('content-type')).toBe('text/event-stream');
    expect(events.headers.get('access-control-allow-origin')).toBeNull();
    events.abort();
  });

  test('listens on this computer alone', async () => {
    const { port, hostname: host } = new URL(server.url);
    expect(host).toBe('127.0.0.1');
    // Another loopback address, which a server on every interface answers as well.
    for (const other of ['127.0.0.2', '::1']) {
      const socket = connect({ host: other, port: Number(port) });
      const connected = new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
      await expect(connected, other).rejects.toThrow();
    }
  });

  test('refuses a port that is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(serveRun(run.folder, { port })).rejects.toMatchObject({ code: 'BAD_ARGUMENT', options: ['port'] });
  });
});

describe('the events of a run', () => {
  test('follow the folder: nothing yet, epochs, the end', async () => {
    const events = await listen();
    expect((await events.until(() => true)).status).toBe('waiting');
    await run.save(1);
    const first = await events.until(({ done }) => done === 1);
    expect(first).toMatchObject({ status: 'running', epochs: 5, frames: [0, 1], classNames: ['cats', 'dogs'] });
    expect(first.images).toEqual([{ name: 'cat.jpg', picture: expect.stringMatching(/^data:image\/jpeg;base64,/) }]);
    await run.save(2);
    expect((await events.until(({ done }) => done === 2)).history.loss).toEqual([1, 0.5]);
    await run.save(3, { status: 'finished' });
    await events.until(({ status }) => status === 'finished');
    await fs.writeFile(join(run.folder, 'report.html'), '');
    await events.until(({ hasReport }) => hasReport);
    events.abort();
  });

  test('come from the folder itself: an epoch waits for no look at the clock, and its frame is there as it is named', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const watched = await serveRun(run.folder, { port: 0 });
    vi.useRealTimers();
    const events = await listen(watched.url);
    for (const epoch of [1, 2, 3]) {
      await run.save(epoch);
      const { frames } = await events.until(({ done }) => done === epoch);
      expect(frames.at(-1)).toBe(epoch);
      expect(await (await fetch(`${watched.url}frames/${epoch}`)).json()).toMatchObject({ epoch });
    }
    events.abort();
    await watched.close();
  });

  test('do not name a page that is older than the run', async () => {
    const page = join(run.folder, 'report.html');
    await fs.writeFile(page, '');
    await fs.utimes(page, 1, 1);
    await run.save(1, { status: 'finished' });
    const events = await listen();
    expect((await events.until(({ done }) => done === 1)).hasReport).toBe(false);
    events.abort();
  });

  test('have the images of the probe as soon as they can be read', async () => {
    await run.save(1);
    const images = join(run.folder, 'film-1/images.gz');
    await fs.rename(images, `${images}.away`);
    const follower = await RunFollower.begin(run.folder);
    expect(follower.state.images).toEqual([]);
    await fs.rename(`${images}.away`, images);
    await follower.conclude();
    expect(follower.state.images.map(({ name }) => name)).toEqual(['cat.jpg']);
    follower.close();
  });

  test('say when the process that trains is gone, killed or with a failure', async () => {
    await run.save(1);
    const events = await listen();
    await events.until(({ status }) => status === 'running');
    const dead = JSON.stringify({ pid: 4_194_305, started: '1', host: hostname() });
    await fs.writeFile(join(run.folder, 'lock'), dead);
    await events.until(({ status }) => status === 'gone');
    events.abort();
  });

  test('say that a training of this very process has ended while it still has the folder', async () => {
    await run.save(2, { status: 'interrupted' });
    const events = await listen();
    await events.until(({ status }) => status === 'running');
    const [state] = await Promise.all([events.until(({ status }) => status === 'interrupted'), server.conclude()]);
    expect(state.done).toBe(2);
    events.abort();
  });

  test('reach 50 readers, of which some were killed', async () => {
    await run.save(1);
    const readers = await Promise.all(Array.from({ length: 50 }, () => listen()));
    await Promise.all(readers.map(({ until }) => until(({ done }) => done === 1)));
    const [killed, alive] = [readers.slice(0, 10), readers.slice(10)];
    for (const { abort } of killed) abort();
    await run.save(2);
    await Promise.all(alive.map(({ until }) => until(({ done }) => done === 2)));
    for (const { abort } of alive) abort();
  });

  test('survive a run.json that is half written', async () => {
    await run.save(1);
    const follower = await RunFollower.begin(run.folder);
    await fs.writeFile(join(run.folder, 'run.json'), '{"format": "cnnviz-run"');
    await follower.conclude();
    expect(follower.state.done).toBe(1);
    await run.save(2);
    await follower.conclude();
    expect(follower.state.done).toBe(2);
    follower.close();
  });
});

test('a frame is served small, once it is saved, and unlocks nothing else', async () => {
  await run.save(1);
  await unlockRun(run.folder);
  const events = await listen();
  await events.until(({ done }) => done === 1);
  events.abort();
  const frame = JSON.parse((await ask(below('frames/1'))).body) as TimeFrame;
  expect(frame.images[0]?.probabilities).toEqual([0.8, 0.2]);
  expect(frame.images[0]?.layers.map(({ name, channels }) => [name, channels])).toEqual([['pool', [0, 1]]]);
});

describe('an image of a film', () => {
  const image = async (epoch: number) =>
    JSON.parse((await ask(below(`frames/${epoch}/0${runQuery}`))).body) as PageImageData;
  const codes = async (path: string) => {
    const answer = await fetch(server.url + path + runQuery);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    return [...new Uint8Array(await answer.arrayBuffer())];
  };
  const saved = async (epochs: number) => {
    await run.save(epochs);
    const events = await listen();
    await events.until(({ done }) => done === epochs);
    events.abort();
  };

  test('has its numbers and those of each layer that is kept, the input and the output', async () => {
    await saved(1);
    const { layers, ...about } = await image(1);
    expect(about).toEqual({ name: 'cat.jpg', trueClass: 'cats', probabilities: [0.8, 0.2], predicted: 'cats' });
    expect(layers.map(({ name, steps }) => [name, steps])).toEqual([
      ['input', [256, 256, 256]],
      ['conv', [255, 255]],
      ['pool', [255, 255]],
      ['dense_2', []],
    ]);
    const [input, conv, , output] = layers;
    expect(input).toMatchObject({ width: 4, height: 4, min: [0, 0, 0], overall: { min: 0 } });
    expect(conv).toMatchObject({ width: 4, height: 4, min: [-15, 0], max: [0, 30], overall: { min: -15, max: 30 } });
    expect(conv?.mean).toEqual([expect.closeTo(-7.5, 1), expect.closeTo(15, 1)]);
    expect(conv?.firingFraction).toEqual([0, 15 / 16]);
    expect(output?.units).toEqual([0.2]);
    expect(JSON.stringify(layers)).not.toContain('photos');
  });

  test('has the values of a layer, one byte each, channel by channel, of the epoch that is asked for', async () => {
    await saved(2);
    const steps = Array.from({ length: 16 }, (_, index) => Math.round((254 * index) / 15));
    expect(await codes('frames/2/0/1')).toEqual([...steps.toReversed(), ...steps]);
    expect((await image(0)).layers[1]?.max).toEqual([0, 15]);
    expect((await image(2)).layers[1]?.max).toEqual([0, 45]);
    // Red, green and blue of pixels that count up.
    const red = Array.from({ length: 16 }, (_, pixel) => 3 * pixel);
    expect(await codes('frames/0/0/0')).toEqual([
      ...red,
      ...red.map((value) => value + 1),
      ...red.map((value) => value + 2),
    ]);
    expect((await ask(below(`frames/1/0/3${runQuery}`))).status).toBe(404);
  });

  test('is not given to a page of a run that another one took the place of', async () => {
    await saved(1);
    const paths = ['frames/1/0', 'frames/1/0/1'];
    const statuses = (query: string) => Promise.all(paths.map(async (path) => (await ask(below(path + query))).status));
    expect(await statuses(runQuery)).toEqual([200, 200]);
    for (const query of ['', '?run=', '?run=2026-01-02T03%3A04%3A06.000Z']) {
      expect([query, await statuses(query)]).toEqual([query, [404, 404]]);
    }
    await run.save(2, { startedAt: '2026-01-02T03:04:06.000Z' });
    const events = await listen();
    await events.until(({ done }) => done === 2);
    events.abort();
    expect(await statuses(runQuery)).toEqual([404, 404]);
    expect(await statuses('?run=2026-01-02T03%3A04%3A06.000Z')).toEqual([200, 200]);
  });

  test('is a place of the page, which draws the network by what the film says of it', async () => {
    await saved(1);
    const { body } = await ask(below(''));
    expect(body).toContain('<section class="view image" id="image-1"');
    const [, json = ''] = /<script[^>]* class="page-data">(.*?)<\/script>/s.exec(body) ?? [];
    const { network, isFilm } = JSON.parse(json) as PageData;
    expect(isFilm).toBe(true);
    expect(network.map(({ name, block, flattens }) => [name, block, flattens])).toEqual([
      ['input', 'input', undefined],
      ['conv', 'conv', undefined],
      ['pool', 'pool', undefined],
      ['flatten', 'flatten', 'pool'],
      ['dense_1', 'dense_1', undefined],
      ['dense_2', 'dense_2', undefined],
    ]);
    expect(network[1]?.field?.rows.middle).toEqual([0.5, 1.5, 2.5, 3.5]);
    expect(body).not.toContain('/photos');
  });
});
