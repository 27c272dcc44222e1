import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programPath, runProgram } from '../../cli/run-program.js';
import { runCommandLineIn } from '../../helpers/run-command-line.js';
import { writePhotograph } from '../drawn-photographs.js';

let cwd = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cnnviz-cli-split-'));
  for (const [index, name] of ['cat', 'dog'].entries()) {
    for (let number = 0; number < 6; number++) {
      writePhotograph(join(cwd, `kaggle/${name}.${number}.jpg`), index * 6 + number);
    }
  }
  copyFileSync(join(cwd, 'kaggle/cat.0.jpg'), join(cwd, 'kaggle/cat.3.jpg'));
  writeFileSync(join(cwd, 'kaggle/dog.1.jpg'), 'no picture');
});

afterAll(() => rmSync(cwd, { recursive: true }));

const few = ['--train', '2', '--validation', '2', '--test', '1'];
const run = (...args: string[]) => runCommandLineIn({ cwd }, ['split', ...args]);

describe('cnnviz split', () => {
  it('says what is where, what is there twice, what cannot be read, and what to do next', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['split', 'kaggle', 'pets', ...few], { cwd });
    expect([exitCode, stdout]).toEqual([
      0,
      [
        'Copied: pets (train 4, validation 4, test 2; cat, dog)',
        '1 image is in more than one split:',
        '  train/cat/cat.0.jpg  validation/cat/cat.3.jpg  (identical files)',
        'Next: cnnviz train --data pets\n',
      ].join('\n'),
    ]);
    expect(stderr).toMatch(/^warning: skipped .*dog\.1\.jpg: it is not an image.*\nSkipped 1 bad image\.\n$/);
    expect(readdirSync(join(cwd, 'pets/train/dog')).sort()).toEqual(['dog.0.jpg', 'dog.2.jpg']);
  });

  it('prints the same as JSON, an event per line and the result last', async () => {
    const { stdout } = await run('kaggle', 'as-json', ...few, '--link', '--seed', '3', '--json');
    const lines: { type: string }[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ type }) => type === 'image-placed')).toHaveLength(10);
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      linked: true,
      imageCounts: { train: 4, validation: 4, test: 2 },
    });
  });

  it('exits 1 where there are too few, or something is in the way, and writes nothing', async () => {
    const before = readdirSync(cwd).sort();
    const refused = await run('kaggle', 'all');
    expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([
      1,
      '',
      `error: ${join(cwd, 'kaggle')}: too few images: 2000 per class are needed (train 1000 + validation 500 + test 500), ` +
        'cat has 6, dog has 6. Use fewer, for example --train 4 --validation 1 --test 1.\n',
    ]);
    expect(await run('kaggle', '.', ...few)).toMatchObject({ exitCode: 1 });
    expect(await run('nowhere', 'all', ...few)).toMatchObject({ exitCode: 1 });
    expect(readdirSync(cwd).sort()).toEqual(before);
  });

  it('exits 2 for wrong usage', async () => {
    const inside = await run('kaggle', 'kaggle/split', ...few);
    expect([inside.exitCode, inside.stderr]).toEqual([
      2,
      expect.stringMatching(/^error: dest: expected a folder outside/),
    ]);
    expect(await run('kaggle')).toMatchObject({ exitCode: 2 });
    expect(await run('kaggle', 'all', '--train', '0')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error: --train: expected a whole number/),
    });
  });
});

/** Splits in a process that sends itself a signal at its third copied file: one from here might come too late. */
function end(dest: string, signal: NodeJS.Signals): SpawnSyncReturns<string> {
  const preload = `import fs from 'node:fs/promises';
    const { copyFile } = fs;
    let copies = 0;
    fs.copyFile = (...args) => (++copies === 3 && process.kill(process.pid, '${signal}'), copyFile(...args));`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, programPath];
  return spawnSync(process.execPath, [...args, 'split', 'kaggle', dest, ...few], { cwd, encoding: 'utf8' });
}

describe('a split that is ended', () => {
  it('by Ctrl-C leaves nothing and exits with 130', () => {
    const before = readdirSync(cwd).sort();
    expect(end('ended', 'SIGINT').status).toBe(130);
    expect(readdirSync(cwd).sort()).toEqual(before);
  });

  it('by kill -9 leaves no result, and what it leaves the next one sweeps', async () => {
    expect(end('killed', 'SIGKILL').signal).toBe('SIGKILL');
    const left = readdirSync(cwd).filter((name) => name.includes('killed'));
    expect(left).toEqual([expect.stringMatching(/^\.killed\.new-/)]);
    expect(await run('kaggle', 'killed', ...few)).toMatchObject({ exitCode: 0 });
    expect(readdirSync(cwd).filter((name) => name.includes('killed'))).toEqual(['killed']);
    const record = JSON.parse(readFileSync(join(cwd, 'killed/split.json'), 'utf8'));
    expect(record).toMatchObject({ perClass: { train: 2, validation: 2, test: 1 }, unreadable: [{}] });
  });
});
