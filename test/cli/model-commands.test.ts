import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleData } from '../../src/commands/sample-data/index.js';
import { makeWorkspace, type Workspace } from '../commands/workspace.js';
import { runCommandLineIn } from '../helpers/run-command-line.js';
import { runProgram } from './run-program.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await sampleData({ dir: join(workspace.folder, 'pets'), train: 1, validation: 1, test: 3, imageSize: 32 });
});

afterAll(() => workspace.remove());

const settings = () => ({ cwd: workspace.folder, env: { CNNVIZ_BACKEND: 'cpu' } });
const run = (...args: string[]) => runCommandLineIn(settings(), args);

describe('cnnviz predict', () => {
  it('prints a line an image, and names bad ones when they are found', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['predict', 'red.png', 'broken.png', 'blue.png'], settings());
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^red\.png {3}(cats|dogs) {2}0\.\d{4}\nblue\.png {2}(cats|dogs) {2}0\.\d{4}\n\n2 images: cats \d, dogs \d\n$/,
    );
    expect(stderr).toMatch(/\nwarning: skipped broken\.png: .+\nSkipped 1 bad image\.\n$/);
  });

  it('ends with counts by class and by class folder, and writes a table', async () => {
    const { exitCode, stdout } = await run('predict', 'pets/test', '--csv', 'all.csv');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ {2}all\.csv\n/);
    expect(stdout).toMatch(
      /\n\n6 images: cats \d, dogs \d\nin cats\/ {2}3 images {2}\d right {2}(cats|dogs) \d.*\nin dogs\/ {2}3 images {2}.*\n\d of 6 right\n$/,
    );
    const lines = stdout.split('\n').filter((line) => /^pets\/test\/(cats|dogs)\//.test(line));
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      const [, folder, className, verdict] =
        /\/(cats|dogs)\/\S+ +(cats|dogs) {2}0\.\d{4} {2}(right|WRONG)$/.exec(line) ?? [];
      expect(verdict).toBe(folder === className ? 'right' : 'WRONG');
    }
    const right = lines.filter((line) => line.endsWith('right')).length;
    expect(stdout).toContain(`\n${right} of 6 right\n`);
    const [header, ...rows] = readFileSync(join(workspace.folder, 'all.csv'), 'utf8').trimEnd().split('\r\n');
    expect([header, rows.length]).toEqual(['path,class,cats,dogs,true class,verdict', 6]);
    for (const row of rows) {
      const [path, className, , , trueClass, verdict] = row.split(',');
      expect(path).toContain(`/${trueClass}/`);
      expect(verdict).toBe(className === trueClass ? 'right' : 'wrong');
    }
    expect((await run('predict', 'red.png')).stdout).not.toContain('1 image:');
  });

  it('exits 1 when its only image is bad or missing, with nothing said before', async () => {
    const stderr = expect.stringMatching(/^error: .*\n$/);
    expect(await run('predict', 'broken.png')).toEqual({ exitCode: 1, stdout: '', stderr });
    expect(await run('predict', 'missing.png')).toEqual({ exitCode: 1, stdout: '', stderr });
  });

  it('exits 1 without a run, naming both ways to get one', async () => {
    const { exitCode, stderr } = await runProgram(['predict', join(workspace.folder, 'red.png')], { cwd: '/' });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/cnnviz train --data DIR.*--model PATH/)]);
  });
});

describe('cnnviz evaluate', () => {
  it('prints loss, accuracy and tables on the test images', async () => {
    const { exitCode, stdout } = await runProgram(['evaluate', '--data', 'pets'], settings());
    expect(exitCode).toBe(0);
    const interval = String.raw`\(95 % confidence: \d\.\d{4} to \d\.\d{4}\)`;
    expect(stdout).toMatch(
      new RegExp(
        String.raw`^test: 6 images \(0 cats 3, 1 dogs 3\)\ntest: 6 images, loss \d\.\d{4}, accuracy \d\.\d{4} ${interval}\n`,
      ),
    );
    expect(stdout).toMatch(/^class {2}images {2}precision {2}recall {6}F1 {2}ROC-AUC$/m);
    expect(stdout).toMatch(/^ {6}cats {2}dogs$/m);
  });

  it('writes pictures with --out and says where', async () => {
    const { exitCode, stdout } = await run('evaluate', '--data', 'pets', '--out', 'assessed', '--mistakes', '1');
    expect(exitCode).toBe(0);
    expect(existsSync(join(workspace.folder, 'assessed/confusion-matrix.png'))).toBe(true);
    expect(stdout).toMatch(/\nPictures: assessed\n$/);
  });

  it('with --json ends with the metrics', async () => {
    const { stdout } = await run('evaluate', '--data', 'pets', '--split', 'validation', '--json');
    const result = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(result).toMatchObject({ type: 'result', split: 'validation', imageCount: 2, accuracy: expect.any(Number) });
  });

  it('exits 1 with one line when the accuracy is below the threshold', async () => {
    const { exitCode, stderr } = await run('evaluate', '--data', 'pets', '--min-accuracy', '1', '--quiet');
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^error: accuracy .* is below 1\n$/)]);
  });

  it('refuses a threshold that is no fraction, and a folder that is not there', async () => {
    expect(await run('evaluate', '--data', 'pets', '--min-accuracy', '85')).toMatchObject({ exitCode: 2 });
    expect(await run('evaluate', '--data', 'nowhere')).toMatchObject({ exitCode: 1 });
  });
});

describe('cnnviz summary', () => {
  it("prints the article's table", async () => {
    const { exitCode, stdout } = await runProgram(['summary'], settings());
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^conv2d_1 \(Conv2D\) +\(None, 148, 148, 32\) +896$/m);
    expect(stdout).toMatch(/^dense_1 \(Dense\) +\(None, 512\) +3211776$/m);
    expect(stdout).toMatch(/^Total params: 3,453,121$/m);
  });

  it('describes the saved network with --model', async () => {
    const { stdout } = await run('summary', '--model', 'runs/latest');
    expect(stdout).toMatch(/^conv2d_1 \(Conv2D\) +\(None, 10, 10, 4\) +112$/m);
  });

  it('refuses sizes that cannot be, and a model that is not there', async () => {
    expect(await run('summary', '--image-size', '20')).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await run('summary', '--model', 'nowhere')).toMatchObject({ exitCode: 1, stdout: '' });
  });
});
