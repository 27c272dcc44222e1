import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../helpers/run-command-line.js';

const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
afterEach(() => print.mockClear());

/** What a shell would be told for words of which the last one is being written. */
async function complete(...words: string[]): Promise<{ values: string[]; directive: string }> {
  expect((await runCommandLine(['complete', '--', ...words])).exitCode).toBe(0);
  const lines = print.mock.calls.map(([line]) => String(line).replace(/\t.*/, ''));
  return { values: lines.slice(0, -1), directive: lines.at(-1) as string };
}

describe('cnnviz complete', () => {
  it.each<[string[], string[]]>([
    [['ex'], ['explain', 'export']],
    [['s'], ['serve', 'summary', 'split', 'sample-data', 'setup']],
    [
      ['train', '--plateau-m'],
      ['--plateau-min-delta', '--plateau-min-learning-rate'],
    ],
    [
      ['train', '--no-'],
      ['--no-early-stopping', '--no-check', '--no-horizontal-flip', '--no-vertical-flip'],
    ],
    [
      ['train', '--optimizer', ''],
      ['rmsprop', 'adam', 'adamw', 'sgd'],
    ],
    [
      ['train', '--epochs', '3', '--optimizer', 'ad'],
      ['adam', 'adamw'],
    ],
    [
      ['kernels', '--backend', 'w'],
      ['wasm', 'webgpu'],
    ],
    [
      ['explain', 'a.jpg', '--cl'],
      ['--class', '--classes'],
    ],
    [
      ['activations', 'a.jpg', '--scale', ''],
      ['article', 'strength', 'minmax', 'layer', 'shared'],
    ],
    [['activations', 'a.jpg', '--norm'], []],
    [['train', '--epochs', ''], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['nonsense', '--zz'], []],
  ])('completes %j by %j, and by no files', async (words, values) => {
    expect(await complete(...words)).toEqual({ values, directive: ':4' });
  });

  it.each([
    ['channels', 'm', ':16'],
    ['predict', '', ':0'],
  ])(
    'completes a command below %s, where a folder or an image can stand as well',
    async (command, begun, directive) => {
      expect(await complete(command, begun)).toEqual({ values: ['merge'], directive });
    },
  );

  it.each<[string[], string]>([
    [['train', '--data', ''], ':16'],
    [['check', ''], ':16'],
    [['predict', 'p'], ':0'],
    [['predict', 'a.jpg', 'b'], ':0'],
    [['predict', '--model', 'runs/'], ':0'],
    [['predict', 'a.jpg', '--csv', ''], ':0'],
  ])('leaves the paths of %j to the shell', async (words, directive) => {
    expect(await complete(...words)).toEqual({ values: [], directive });
  });
});

describe('cnnviz completion', () => {
  it.each([
    ['bash', /complete .*cnnviz/],
    ['zsh', /compdef _cnnviz cnnviz/],
    ['fish', /complete -c cnnviz/],
    ['powershell', /Register-ArgumentCompleter/],
  ])('prints a script for %s that asks cnnviz', async (shell, register) => {
    expect((await runCommandLine(['completion', shell])).exitCode).toBe(0);
    const [[script]] = print.mock.calls as [[string]];
    expect(script).toMatch(register);
    expect(script).toMatch(/cnnviz.* complete/);
  });

  it('refuses another shell', async () => {
    const { exitCode, stderr } = await runCommandLine(['completion', 'tcsh']);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/bash, zsh, fish, powershell/)]);
  });

  it('alone loads what makes the scripts', async () => {
    vi.doMock('@bomb.sh/tab', () => {
      throw new Error('loaded');
    });
    expect((await runCommandLine(['doctor', '--help'])).exitCode).toBe(0);
    vi.doUnmock('@bomb.sh/tab');
  });
});
