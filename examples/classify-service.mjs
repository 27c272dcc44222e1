// An HTTP service that classifies the image in the body of a POST request. It listens on this machine only.
//
//   node classify-service.mjs RUN [PORT]
//   curl --data-binary @img.jpg http://127.0.0.1:8080/
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CnnvizError, predict } from 'cnnviz';

const MAX_BYTES = 20e6;

const [model, port = '8080'] = process.argv.slice(2);
if (!model) throw new Error('usage: node classify-service.mjs RUN [PORT]');

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}/`));

async function answer(request) {
  if (request.method !== 'POST') return [405, { error: 'POST an image' }];
  const file = join(tmpdir(), `classify-${randomUUID()}`);
  try {
    await writeFile(file, await readBody(request));
    const { predictions } = await predict({ images: [file], model });
    const { className, probability } = predictions[0];
    return [200, { className, probability }];
  } catch (error) {
    // An image that cannot be used is the caller's mistake; everything else is ours.
    if (error instanceof CnnvizError && error.code === 'BAD_IMAGE')
      return [400, { error: error.message.split(': ').at(-1) }];
    if (error instanceof RangeError) return [413, { error: error.message }];
    console.error(error);
    return [500, { error: 'internal error' }];
  } finally {
    await rm(file, { force: true });
  }
}

async function readBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAX_BYTES) throw new RangeError(`more than ${MAX_BYTES / 1e6} MB`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
