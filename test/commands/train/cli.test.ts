import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { programPath, runProgram } from '../../cli/run-program.js';
import { runCommandLineIn } from '../../helpers/run-command-line.js';

let cwd = '';

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'cnnviz-cli-'));
  await sampleData({ dir: join(cwd, 'pets'), train: 8, validation: 2, test: 0, imageSize: 32 });
  cpSync(join(cwd, 'pets/train/cats'), join(cwd, 'single/cats'), { recursive: true });
  cpSync(join(cwd, 'pets/train/cats'), join(cwd, 'hollow/cats'), { recursive: true });
  mkdirSync(join(cwd, 'hollow/dogs'));
});

afterAll(() => rmSync(cwd, { recursive: true }));

const env = { CNNVIZ_BACKEND: 'cpu' };
const small = ['--image-size', '12', '--filters', '2,2', '--dense', '4', '--batch-size', '8'];
/** In this process: that of its own is what the first tests and those of signals have. */
const run = (...args: string[]) => runCommandLineIn({ cwd, env }, ['train', ...args]);

describe('cnnviz train', () => {
  it('prints what it found, a line an epoch, and where the run is', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['train', '--data', 'pets', ...small, '--epochs', '2'], {
      cwd,
      env,
    });
    const epoch =
      /^Epoch \d\/2 {2}loss \d\.\d{4} {2}accuracy \d\.\d{4} {2}val_loss \d\.\d{4} {2}val_accuracy \d\.\d{4} {2}.+s$/;
    expect([exitCode, stdout.split('\n')]).toEqual([
      0,
      [
        'train: 16 images (0 cats 8, 1 dogs 8)',
        'validation: 4 images (0 cats 2, 1 dogs 2)',
        expect.stringMatching(epoch),
        expect.stringMatching(epoch),
        expect.stringMatching(/^Saved: runs\/\d{4}.* \(2 epochs, 4 steps\)$/),
        expect.stringMatching(/^Best epoch: [12], val_loss /),
        expect.stringMatching(/^Curves: runs\/.*\/curves\.png$/),
        'Next: cnnviz activations IMAGE',
        '',
      ],
    ]);
    expect(stderr).not.toContain('\r');
    expect(readdirSync(join(cwd, 'runs'))).toContain('latest');
  });

  it('with --json prints every step as a line', async () => {
    const args = ['train', '--data', 'pets', ...small, '--epochs', '1', '--json', '--out', 'json'];
    const { stdout } = await runProgram(args, { cwd, env });
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types.filter((type) => type === 'step')).toHaveLength(2);
    expect(types.at(-1)).toBe('result');
  });

  it('names a run that commands do not take by themselves', async () => {
    const { stdout } = await run('--data', 'pets', ...small, '--epochs', '1', '--out', 'elsewhere/run');
    expect(stdout).toContain('\nNext: cnnviz activations IMAGE --model elsewhere/run\n');
  });

  it('skips a bad image, and names it with the reason', async () => {
    const bad = join(cwd, 'pets/train/cats/bad.jpg');
    writeFileSync(bad, 'not a picture');
    const { exitCode, stderr } = await run('--data', 'pets', ...small, '--epochs', '1', '--out', 'skipped');
    const failed = await run('--data', 'pets', ...small, '--epochs', '1', '--out', 'failed', '--on-bad-image', 'fail');
    rmSync(bad);
    expect([exitCode, failed.exitCode]).toEqual([0, 1]);
    expect(stderr).toMatch(/^warning: skipped .*bad\.jpg: .+\n[\s\S]*Skipped 1 bad image\.\n$/m);
    expect(failed.stderr).toMatch(/^error: .*bad\.jpg/m);
  });

  it('takes what is not given from a recipe, and from another run', async () => {
    const optionsOf = (out: string) => JSON.parse(readFileSync(join(cwd, out, 'run.json'), 'utf8')).options;
    const given = [...small, '--epochs', '1', '--warmup-epochs', '0', '--no-horizontal-flip', '--contrast-range', '.1'];
    const first = await run('--data', 'pets', '--recipe', 'best', ...given, '--out', 'best');
    expect(first.exitCode, first.stderr).toBe(0);
    const inForce = { recipe: 'best', batchNormalization: true, optimizer: 'adamw', horizontalFlip: false };
    expect(optionsOf('best')).toMatchObject({ ...inForce, batchSize: 8, learningRate: 1e-3, contrastRange: 0.1 });

    const args = ['--config', 'best/run.json', '--no-batch-normalization', '--out', 'again'];
    const again = await run(...args);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(optionsOf('again')).toEqual({ ...optionsOf('best'), batchNormalization: false, out: 'again' });
  });

  it('refuses a mistyped option', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['train', '--data', 'pets', '--epocs', '3'], { cwd, env });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Did you mean --epochs?');
  });

  it.each([
    ['no --data', [], 2, 'say what to train on: cnnviz train DIR'],
    ['a folder that is not there', ['--data', 'nowhere'], 1, 'nowhere'],
    ['a file in place of the folder', ['--data', 'pets/sample-set.json'], 1, 'is a file'],
    ['a folder with one class only', ['--data', 'single'], 1, 'only one class'],
    ['a class without images', ['--data', 'hollow'], 1, '"dogs"'],
    ['a size that is no number', ['--data', 'pets', '--image-size', 'big'], 2, 'whole number'],
    ['a folder without classes', ['--data', 'pets/train/cats'], 1, 'no class folder'],
    ['no epochs', ['--data', 'pets', '--epochs', '0'], 2, '--epochs'],
    ['a negative learning rate', ['--data', 'pets', '--learning-rate', '-1'], 2, '--learning-rate'],
    ['an image too small for four pools', ['--data', 'pets', '--image-size', '20'], 2, 'at least 46 pixels'],
    ['an unknown optimizer', ['--data', 'pets', '--optimizer', 'lion'], 2, 'rmsprop, adam, adamw, sgd'],
    ['an unknown recipe', ['--data', 'pets', '--recipe', 'soup'], 2, 'article, augmented, best'],
    ['a run to repeat that is not there', ['--config', 'nowhere/run.json'], 1, 'nowhere'],
    ['a run to start from that is not there', ['--data', 'pets', '--from', 'nowhere'], 1, 'nowhere'],
  ])('refuses %s', async (_, args, exitCode, text) => {
    const result = await run(...args);
    expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
    expect(result.stderr).toContain(text);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});

/** Starts a training that would take long, and sends signals once its first epoch has ended. */
async function interrupt(out: string, signals: NodeJS.Signals[]): Promise<{ exitCode: number | null; stderr: string }> {
  const args = ['train', '--data', 'pets', ...small, '--epochs', '100000', '--json', '--out', out];
  const child = spawn(process.execPath, [programPath, ...args], { cwd, env: { ...process.env, ...env } });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.on('data', (chunk) => {
    if (String(chunk).includes('epoch-ended')) for (const signal of signals.splice(0)) child.kill(signal);
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, stderr };
}

describe('cnnviz train, interrupted', () => {
  it('by two SIGHUPs, as a closed terminal and the shell in it send them, saves all the same', async () => {
    expect(await interrupt('twice', ['SIGHUP', 'SIGHUP'])).toEqual({ exitCode: 129, stderr: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'twice/run.json'), 'utf8')).status).toBe('interrupted');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s saves what was learned and exits %i', async (signal, exitCode) => {
    expect(await interrupt(signal, [signal])).toEqual({ exitCode, stderr: '' });
    const record = JSON.parse(readFileSync(join(cwd, signal, 'run.json'), 'utf8'));
    expect(record.status).toBe('interrupted');
    expect(readdirSync(join(cwd, signal))).toContain(record.weights.last.folder);
  });
});
