// The server of one run, for browsers on this computer.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { badArgument, CnnvizError } from '../base/errors.js';
import { readPageAssets } from '../page/assets.js';
import { renderLivePage } from '../page/live/live-page.js';
import { EventStreams, STREAM_TIMING } from './event-streams.js';
import { RunFollower } from './follow-run.js';
import { FrameReader } from './frame-reader.js';
import { admit, makeToken } from './guard.js';

/** Open at a time; more are refused. */
const connectionsAtMost = 256;

export interface LiveOptions {
  /** 0: any that is free */
  port: number;
  timing?: typeof STREAM_TIMING;
}

/** A run that browsers on this computer can watch. */
export interface LiveServer {
  /** with the token, ends in a slash */
  url: string;
  /** Has every page show the last state of a training of this very process, which is over. */
  conclude(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves a run on 127.0.0.1: its page, its state as events, its film. All of it is read from the run's folder, while it is
 * trained or later.
 *
 * @param folder the run's, absolute; run.json may be still to come
 * @throws CnnvizError BAD_ARGUMENT for a port that cannot be had
 */
export async function serveRun(folder: string, { port, timing = STREAM_TIMING }: LiveOptions): Promise<LiveServer> {
  const token = makeToken();
  const follower = await RunFollower.begin(folder);
  const streams = new EventStreams(JSON.stringify(follower.state), timing);
  follower.onChange = (state) => streams.publish(JSON.stringify(state));
  const content = { name: basename(folder), follower, streams, frames: new FrameReader(folder) };
  const server = createServer((request, response) => {
    answer(request, response, token, content).catch(() => fail(response));
  });
  server.maxConnections = connectionsAtMost;
  try {
    await listen(server, port);
  } catch (error) {
    follower.close();
    await streams.close();
    throw explainPort(error, port);
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    conclude: () => follower.conclude(),
    async close() {
      follower.close();
      const closed = new Promise((done) => server.close(done));
      await streams.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Content {
  /** of the run */
  name: string;
  follower: RunFollower;
  streams: EventStreams;
  frames: FrameReader;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  { name, follower, streams, frames }: Content,
): Promise<void> {
  const asked = admit(request, token);
  if (asked === 308) return send(response, 308, '', { location: `/${token}/` });
  if (typeof asked === 'number') return send(response, asked, '', asked === 405 ? { allow: 'GET' } : {});
  const { path } = asked;
  if (path === '') {
    const parts = { name, film: follower.filmed?.film, assets: readPageAssets() };
    const { page, policy } = renderLivePage(follower.state, parts);
    return send(response, 200, page, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
  }
  if (path === 'events') {
    response.writeHead(200, { ...shared, 'content-type': 'text/event-stream' });
    return streams.add(response);
  }
  const found = await readFrames(path, follower, frames);
  if (found === undefined) return send(response, 404, '');
  const type = typeof found === 'string' ? 'application/json' : 'application/octet-stream';
  return send(response, 200, found, { 'content-type': type });
}

/** `frames/3`: all in little; `frames/3/0?run=WHEN`: what is known of the first image, of the run that began then; `frames/3/0/4?run=WHEN`: the values of a layer of it. */
async function readFrames(
  path: string,
  { record, filmed }: RunFollower,
  frames: FrameReader,
): Promise<string | Uint8Array | undefined> {
  const asked = /^frames\/(\d{1,7})(?:\/(\d{1,4})(?:\/(\d{1,4}))?\?run=([^/?&]*))?$/.exec(path);
  if (asked === null) return undefined;
  const [epoch, number, layer] = asked.slice(1, 4).map((part) => (part === undefined ? undefined : Number(part)));
  if (number === undefined) return frames.read(epoch as number, record);
  // Another run in the same folder has other values, and may have other layers.
  if (filmed === undefined || asked[4] !== encodeURIComponent(filmed.record.startedAt)) return undefined;
  if (layer === undefined) return frames.readImage(epoch as number, number, filmed);
  return frames.readLayer(epoch as number, { number, layer }, filmed);
}

/** Of every answer: nobody else may read it, frame it, guess what it is, or keep it. */
const shared = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function send(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...shared, ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else send(response, 500, '');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      server.on('error', () => undefined); // one connection that cannot be taken is not the end of all
      resolve();
    });
  });
}

function explainPort(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return badArgument('port', 'a port that is free', port);
  if (code === 'EACCES') return badArgument('port', 'a port that this user may open', port);
  return new CnnvizError('BAD_ARGUMENT', `port: ${(error as Error).message}`, { options: ['port'], cause: error });
}
