// What every option answers to values that it does not take, by the command line and by the library: each answer with the values
// that get it. A value without an answer is taken (what then fails is the data, which is not there).

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CnnvizError } from '../src/base/errors.js';
import * as library from '../src/index.js';
import { buildTestProgram, runCommandLine } from './helpers/run-command-line.js';

type Options = Record<string, unknown>;

interface Case {
  command: string;
  /** what the command line takes without a flag */
  positional?: string[];
  /** flags that it needs */
  flags?: string[];
  call: (options: never) => unknown;
  options: Options;
  /** by their names in the library, where these differ */
  rename?: Record<string, string>;
}

const model = 'no-such-model';
const images = ['no-such-image.jpg'];
const withImages = { positional: images, flags: ['--model', model], options: { images, model } };
/** Each fails where its data are opened, after all options have been looked at. */
const cases: Case[] = [
  { command: 'train', flags: ['--data', 'no-such-data'], call: library.train, options: { data: 'no-such-data' } },
  { command: 'serve', positional: ['no-such-run'], call: library.serve, options: { run: 'no-such-run' } },
  { command: 'activations', ...withImages, call: library.activations },
  {
    command: 'channels',
    positional: ['no-such-data'],
    flags: ['--model', model],
    call: library.channels,
    options: { data: 'no-such-data', model },
  },
  { command: 'channels merge', positional: ['a'], call: library.mergeChannels, options: { shards: ['a'] } },
  {
    command: 'patches',
    positional: ['no-such-data'],
    flags: ['--model', model],
    call: library.patches,
    options: { data: 'no-such-data', model },
  },
  { command: 'patches merge', positional: ['a'], call: library.mergePatches, options: { shards: ['a'] } },
  { command: 'explain', ...withImages, call: library.explain, rename: { class: 'classes' } },
  { command: 'neighbors', ...withImages, call: library.neighbors },
  {
    command: 'dream',
    flags: ['--model', model],
    call: library.dream,
    options: { model },
    rename: { class: 'classes' },
  },
  { command: 'kernels', flags: ['--model', model], call: library.kernels, options: { model } },
  {
    command: 'compare',
    positional: ['no-such-run', 'nor-this'],
    flags: ['--on', 'no-such-image.jpg'],
    call: library.compare,
    options: { a: 'no-such-run', b: 'nor-this', on: 'no-such-image.jpg' },
  },
  { command: 'timelapse', positional: ['no-such-run'], call: library.timelapse, options: { run: 'no-such-run' } },
  {
    command: 'export',
    flags: ['--model', model, '--format', 'keras'],
    call: library.exportNetwork,
    options: { model, format: 'keras' },
  },
  { command: 'report', ...withImages, call: library.report },
  { command: 'predict', ...withImages, call: library.predict },
  { command: 'predict merge', positional: ['a'], call: library.mergePredictions, options: { shards: ['a'] } },
  {
    command: 'evaluate',
    flags: ['--data', 'no-such-data', '--model', model],
    call: library.evaluate,
    options: { data: 'no-such-data', model },
  },
  { command: 'evaluate merge', positional: ['a'], call: library.mergeEvaluations, options: { shards: ['a'] } },
  { command: 'summary', call: library.summary, options: {} },
  { command: 'check', positional: ['no-such-data'], call: library.check, options: { data: 'no-such-data' } },
  {
    command: 'split',
    positional: ['no-such-data', 'new'],
    call: library.split,
    options: { source: 'no-such-data', dest: 'new' },
  },
  { command: 'augment', positional: images, call: library.augment, options: { image: images[0] } },
  // A folder that cannot be made: it would lie in a file.
  { command: 'sample-data', positional: ['file/x'], call: library.sampleData, options: { dir: 'file/x' } },
];

const texts = ['', 'nonsense', '-1', '0', '1', '1.5', '1e10', '3,2', '1,2,3', '1,', '7/3', '('];
const values = [null, '', 'nonsense', -1, 0, 1, 1.5, 1e10, Number.NaN, true, [], [3, 2], [-1], [''], ['x']];

function findCommand(names: string): Command {
  return names.split(' ').reduce<Command>((found, name) => {
    return found.commands.find((command) => command.name() === name) as Command;
  }, buildTestProgram().program);
}

/** Answers, each with what gets it. */
class Answers {
  readonly #askedBy = new Map<string, string[]>();

  add(name: string, value: string, answer: string): void {
    const withoutValue = answer
      .replace(/, received .*/, ', received ...')
      .replace(/ argument '.*' /, " argument '...' ");
    const line = `${name}\n    ${withoutValue}`;
    this.#askedBy.set(line, [...(this.#askedBy.get(line) ?? []), value]);
  }

  get lines(): string[] {
    return [...this.#askedBy].map(([line, values]) => `${line}\n    for ${values.join('  ')}`);
  }
}

async function answersOfCommandLine({ command, positional = [], flags = [] }: Case): Promise<string[]> {
  const answers = new Answers();
  const words = command.split(' ');
  // some thousand lines: the program is built once for all of them
  const built = buildTestProgram();
  const run = async (places: string[], more: string[] = []) => {
    const { exitCode, stderr } = await runCommandLine([...words, ...places, ...flags, ...more], built);
    return exitCode === 2 ? stderr.replace(/^error: /, '').replace(/\n(\(cnnviz .*\)\n)?$/, '') : 'taken';
  };
  for (const option of findCommand(command).options) {
    const flag = option.long as string;
    const takesValue = option.required || option.optional;
    for (const text of takesValue ? texts : ['']) {
      const answer = await run(positional, [takesValue ? `${flag}=${text}` : flag]);
      if (answer !== 'taken') answers.add(`${command} ${flag}`, takesValue ? `"${text}"` : 'its being there', answer);
    }
  }
  for (const index of positional.keys()) {
    answers.add(`${command} [${index}]`, '""', await run(positional.with(index, '')));
  }
  return answers.lines;
}

async function answersOfLibrary({ command, call, options, rename = {} }: Case): Promise<string[]> {
  const answers = new Answers();
  const flags = findCommand(command).options.map((option) => option.attributeName());
  const names = new Set([...Object.keys(options), ...flags.map((name) => rename[name] ?? name), 'backend']);
  for (const name of names) {
    for (const value of values) {
      // The folder to make would be made.
      if (name in options && typeof value === 'string' && value !== '') continue;
      const answer = await answerOfCall(call, { ...options, [name]: value });
      if (answer !== 'taken') answers.add(`${nameOf(call)} ${name}`, formatValue(value), answer);
    }
  }
  return answers.lines;
}

/** What the library exports it as. */
function nameOf(call: Case['call']): string {
  return Object.entries(library).find(([, exported]) => exported === call)?.[0] as string;
}

function formatValue(value: unknown): string {
  return Number.isNaN(value) ? 'NaN' : JSON.stringify(value);
}

async function answerOfCall(call: Case['call'], options: Options): Promise<string> {
  try {
    await call(options as never);
    return 'taken';
  } catch (error) {
    if (!(error instanceof CnnvizError)) return `a bug: ${(error as Error).name}`;
    if (error.code !== 'BAD_ARGUMENT') return 'taken';
    return [error.message, ...(error.hint === undefined ? [] : [error.hint])].join('\n    ');
  }
}

const start = process.cwd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-options-'));
  process.chdir(folder);
  writeFileSync('file', '');
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

it.each(cases)('answers to what $command does not take', async (which) => {
  const lines = [...(await answersOfCommandLine(which)), '', ...(await answersOfLibrary(which))];
  const text = `${lines.join('\n')}\n`.replaceAll(folder, 'CWD');
  await expect(text).toMatchFileSnapshot(`snapshots/option-errors/${which.command.replace(' ', '-')}.txt`);
});
