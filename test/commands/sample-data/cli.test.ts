import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/run-program.js';

let cwd = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cnnviz-cli-'));
});

afterAll(() => rmSync(cwd, { recursive: true }));

const few = ['--train', '2', '--validation', '1', '--test', '1', '--image-size', '32'];

describe('cnnviz sample-data', () => {
  it('draws the set, says where it is and what to do next; a second time it is there already', async () => {
    const drawn = await runProgram(['sample-data', 'pets', '--classes', '3', ...few], { cwd });
    expect([drawn.exitCode, drawn.stdout]).toEqual([
      0,
      `Drawn: ${join(cwd, 'pets')} (train 6, validation 3, test 3)\nNext: cnnviz train --data pets\n`,
    ]);
    expect(readdirSync(join(cwd, 'pets/train'))).toEqual(['cats', 'dogs', 'rabbits']);
    const again = await runProgram(['sample-data', 'pets', '--classes', '3', ...few], { cwd });
    expect([again.exitCode, again.stdout]).toEqual([0, expect.stringMatching(/^Already exists: /)]);
  });

  it('refuses a folder with something else in it, and a fourth animal', async () => {
    writeFileSync(join(cwd, 'notes.txt'), '');
    expect(await runProgram(['sample-data', '.', ...few], { cwd })).toMatchObject({ exitCode: 1, stdout: '' });
    expect(await runProgram(['sample-data', 'x', '--classes', '4'], { cwd })).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  });
});
