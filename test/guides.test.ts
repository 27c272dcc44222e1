import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { writePhotograph } from './commands/drawn-photographs.js';
import { runCommandLineIn } from './helpers/run-command-line.js';

const cwd = mkdtempSync(join(tmpdir(), 'cnnviz-guide-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** What makes a command small; the last value of an option counts. */
function makeSmall(line: string): string[] {
  if (line.startsWith('split')) return ['--train', '4', '--validation', '2', '--test', '2'];
  if (line.startsWith('train --resume')) return ['--epochs', '3'];
  if (!line.startsWith('train')) return [];
  const network = ['--image-size', '48', '--filters', '2,2,2,2', '--dense', '4'];
  return [...network, '--epochs', '2', '--steps-per-epoch', '2', '--validation-steps', '1', '--warmup-epochs', '1'];
}

/** Runs the commands of a guide; what went wrong, a line each. */
async function runGuide(name: string): Promise<{ count: number; failures: string[] }> {
  const guide = fileURLToPath(new URL(`../docs/guides/${name}.md`, import.meta.url));
  const blocks = [...readFileSync(guide, 'utf8').matchAll(/```sh\n([\s\S]+?)```/g)].map(([, block]) => block as string);
  const commands = blocks
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => line.replace(/\s+#.*/, '').split(' '));
  const failures: string[] = [];
  for (const [program, command, ...args] of commands) {
    const line = [command as string, ...args, ...makeSmall([command, ...args].join(' '))];
    const { exitCode, stderr } = await runCommandLineIn({ cwd, env: { CNNVIZ_BACKEND: 'cpu' } }, line);
    if (program !== 'cnnviz' || exitCode !== 0) failures.push(`${program} ${line.join(' ')}: ${exitCode} ${stderr}`);
  }
  return { count: commands.length, failures };
}

test('the commands of "From Kaggle to an evaluated model" run as they stand', async () => {
  for (const [index, number] of [0, 1, 2, 3, 1000, 1001, 1500, 1501].entries()) {
    writePhotograph(join(cwd, `train/cat.${number}.jpg`), index);
    writePhotograph(join(cwd, `train/dog.${number}.jpg`), 100 + index);
  }

  const { count, failures } = await runGuide('from-kaggle-to-an-evaluated-model');

  expect(count).toBeGreaterThanOrEqual(10);
  expect(failures).toEqual([]);
  expect(readdirSync(cwd)).toEqual(expect.arrayContaining(['cats_dogs', 'evaluation', 'report.html', 'runs', 'train']));
}, 240_000);

test('the commands of "One page to share" run as they stand, after those', async () => {
  expect(await runGuide('one-page-to-share')).toEqual({ count: 3, failures: [] });
  expect(readdirSync(cwd)).toEqual(expect.arrayContaining(['report.html', 'dogs.html']));
}, 120_000);
