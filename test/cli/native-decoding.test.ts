import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createRandom } from '../../src/base/random.js';
import { makeWorkspace } from '../commands/workspace.js';
import { writeJpeg } from '../dataset/decode/written-jpeg.js';
import { nativeTest } from '../helpers/native.js';
import { runProgram } from './run-program.js';

nativeTest('of damaged JPEGs there is nothing on the terminal but our own lines', async () => {
  const workspace = await makeWorkspace();
  onTestFinished(() => workspace.remove());
  const sound = writeJpeg({ width: 30, height: 20, sampling: [[1, 1]], restartInterval: 0 }, createRandom(5, 'sample'));
  const folder = join(workspace.folder, 'photos');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.jpg'), sound);
  // can be read; TensorFlow and Keras print "Corrupt JPEG data: 9 extraneous bytes before marker 0xd9"
  writeFileSync(join(folder, 'b.jpg'), Buffer.concat([sound.subarray(0, -2), Buffer.alloc(9, 1), sound.subarray(-2)]));
  writeFileSync(join(folder, 'c.jpg'), sound.subarray(0, -40));
  const { exitCode, stdout, stderr } = await runProgram(['predict', 'photos'], {
    cwd: workspace.folder,
    env: { CNNVIZ_BACKEND: 'native' },
  });
  expect(exitCode).toBe(0);
  const [first, second] = stdout.split('\n');
  expect(second).toBe(first?.replace('a.jpg', 'b.jpg'));
  expect(stderr).not.toMatch(/Corrupt|libjpeg|marker/);
  expect(stderr).toMatch(/\nwarning: skipped photos\/c\.jpg: it is truncated\nSkipped 1 bad image\.\n$/);
});
