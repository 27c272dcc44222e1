import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/base/random.js';
import { train } from '../../../src/commands/train/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { programPath } from '../../cli/run-program.js';
import { SMALL, usePlace, useTrainings } from './training-fixture.js';

/** No process has it. */
const DEAD = 4_194_305;

const place = usePlace({ train: 8, validation: 4 });
const at = (...names: string[]) => join(place.folder, ...names);

/** Every file of the run by name, the small ones with their content. */
async function readRunFolder(name = 'run'): Promise<Record<string, string>> {
  const entries = await fs.readdir(at(name), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [file, (await fs.readFile(file)).toString('base64')])),
  );
}

async function dropLastRow(): Promise<void> {
  const lines = (await fs.readFile(at('run/history.csv'), 'utf8')).split('\n');
  await fs.writeFile(at('run/history.csv'), `${lines.slice(0, -2).join('\n')}\n`);
}

describe('--resume of a finished run', () => {
  useTrainings(place, () => train({ data: place.pets, out: at('run'), ...SMALL }));

  test.each<[state: string, damage: () => Promise<unknown>]>([
    ['history.csv of an epoch before', dropLastRow],
    ['no history.csv', () => fs.rm(at('run/history.csv'))],
    ['no history.json', () => fs.rm(at('run/history.json'))],
    ['no curves', () => fs.rm(at('run/curves.png'))],
    [
      'nothing but run.json and the weights',
      () => Promise.all(['history.csv', 'history.json', 'curves.png'].map((name) => fs.rm(at('run', name)))),
    ],
    [
      'curves from before the last save',
      async () => {
        await fs.writeFile(at('run/curves.png'), 'of another epoch');
        await fs.utimes(at('run/curves.png'), 1, 1);
      },
    ],
    [
      'temporary files of a dead process',
      () =>
        Promise.all(
          ['history.csv', 'run.json', 'curves.png'].map((name) =>
            fs.writeFile(at('run', `.${name}.tmp-${DEAD}-0123abcd`), 'half of i'),
          ),
        ),
    ],
    ['weights that were never named', () => fs.cp(at('run/epoch-0002'), at('run/epoch-0003'), { recursive: true })],
  ])('repairs %s, and then says that it is finished', async (_, damage) => {
    const whole = await readRunFolder();
    await damage();
    expect(await readRunFolder()).not.toEqual(whole);
    await expect(train({ resume: at('run') })).rejects.toMatchObject({ code: 'RUN_FINISHED' });
    expect(await readRunFolder()).toEqual(whole);
  });

  test('repairs it although its images are gone', async () => {
    const whole = await readRunFolder();
    await dropLastRow();
    await expect(train({ resume: at('run'), data: at('gone') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await readRunFolder()).toEqual(whole);
  });

  test('beyond its end: curves of fewer epochs never lie beside more', async () => {
    const present: boolean[] = [];
    const onEvent = async ({ type }: WorkflowEvent) => {
      if (type === 'saved') present.push((await fs.readdir(at('run'))).includes('curves.png'));
    };
    await train({ resume: at('run'), epochs: 3, onEvent });
    expect(present).toEqual([false]);
  });
});

describe('a training that is killed at any moment of its end', () => {
  /** Without what differs from run to run. */
  async function readOutcome(name: string) {
    const history = (await fs.readFile(at(name, 'history.csv'), 'utf8')).replace(/,[\d.]*$/gm, '');
    const curves = (await fs.readFile(at(name, 'curves.png'))).toString('base64');
    const files = (await fs.readdir(at(name))).filter((file) => !/^data-/.test(file)).sort();
    return { history, curves, files };
  }

  async function trainUntilKilled(out: string, delayMs: number): Promise<void> {
    const flags = ['--image-size', '12', '--filters', '3,4', '--dense', '6', '--epochs', '2', '--batch-size', '4'];
    const args = ['train', '--data', place.pets, ...flags, '--backend', 'cpu', '--json', '--out', out];
    const child = spawn(process.execPath, [programPath, ...args], { cwd: place.folder });
    const closed = new Promise((resolve) => child.once('close', resolve));
    // The last epoch's last step, after which everything is saved.
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text) => {
        if (/"epoch":2,"step":4,/.test(String(text))) resolve();
      });
      child.once('close', () => resolve());
    });
    await setTimeout(delayMs);
    child.kill('SIGKILL');
    await closed;
  }

  test('is whole after --resume', { timeout: 180_000 }, async () => {
    await train({ data: place.pets, out: at('whole/run'), ...SMALL });
    const whole = await readOutcome('whole/run');
    const random = createRandom(7, 'sample');
    for (let round = 0; round < 5; round++) {
      const out = `round-${round}/run`; // the curves name the run's folder
      await trainUntilKilled(out, random() * 150);
      await train({ resume: at(out) }).catch((error) => expect(error).toMatchObject({ code: 'RUN_FINISHED' }));
      expect(await readOutcome(out), `round ${round}`).toEqual(whole);
    }
  });
});
