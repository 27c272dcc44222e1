import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleData } from '../src/index.js';

const run = promisify(execFile);
const cwd = mkdtempSync(join(tmpdir(), 'cnnviz-examples-'));
const env = { ...process.env, CNNVIZ_BACKEND: 'cpu' };
const image = join(cwd, 'data', 'test', 'cats', 'cat.0.png');
let service: ChildProcess | undefined;

beforeAll(async () => {
  await sampleData({ dir: join(cwd, 'data'), train: 6, validation: 4, test: 4, imageSize: 64 });
});
afterAll(() => {
  service?.kill();
  rmSync(cwd, { recursive: true, force: true });
});

function example(name: string): string {
  return fileURLToPath(new URL(`../examples/${name}.mjs`, import.meta.url));
}

test('train-and-look trains and writes the picture of a layer', async () => {
  const { stdout } = await run(process.execPath, [example('train-and-look'), 'data', image, '1'], { cwd, env });
  expect(stdout).toMatch(/^epoch 1: accuracy [01]\.\d{3}\nwrote conv2d_1\.png\n$/);
  expect(existsSync(join(cwd, 'conv2d_1.png'))).toBe(true);
}, 240_000);

test('worst-mistakes prints a table of images with both classes', async () => {
  const args = [example('worst-mistakes'), 'runs/latest', 'data', '3'];
  const { stdout, stderr } = await run(process.execPath, args, { cwd, env });
  expect(stderr).toMatch(/^accuracy [01]\.\d{4} on 8 test images\n$/);
  expect(stdout.split('\n')[0]).toBe('path,labeled,predicted,probability');
  for (const line of stdout.trim().split('\n').slice(1)) expect(line).toMatch(/,(cats,dogs|dogs,cats),[01]\.\d{4}$/);
}, 240_000);

test('classify-service answers with class and probability, and refuses what is no image', async () => {
  service = spawn(process.execPath, [example('classify-service'), 'runs/latest', '0'], { cwd, env });
  const address = await new Promise<string>((resolve, reject) => {
    service?.stdout?.on('data', (text) => resolve(String(text).replace('listening on ', '').trim()));
    service?.on('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });

  const answer = await fetch(address, { method: 'POST', body: readFileSync(image) });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    className: expect.stringMatching(/^(cats|dogs)$/),
    probability: expect.any(Number),
  });

  const refused = await fetch(address, { method: 'POST', body: 'no image' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({ error: expect.any(String) });
}, 240_000);
