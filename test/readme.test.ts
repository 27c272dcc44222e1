import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleData } from '../src/index.js';
import { buildProgram } from '../src/program.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Pages whose commands and options are looked up in the program. */
const commandPages = ['README.md', 'docs/training.md', 'docs/fidelity.md', 'docs/guides/augmentation.md']
  .map((page) => readFileSync(join(root, page), 'utf8'))
  .join('\n');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-readme-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Option names by command, from the program itself; every command knows the global ones. */
function listOptions(): Map<string, Set<string>> {
  const program = buildProgram({} as Parameters<typeof buildProgram>[0]);
  // Not the hidden ones, which only the completion of a shell calls.
  const visible = program.createHelp().visibleCommands(program);
  const commands = program.commands.filter((command) => visible.includes(command));
  const long = (options: typeof program.options) => options.flatMap((option) => option.long ?? []);
  return new Map(
    commands.map((command) => [
      command.name(),
      new Set(['--help', ...long(program.options), ...long(command.options)]),
    ]),
  );
}

/** What the pages have the reader type: `cnnviz COMMAND ...` up to the end of the code or a comment. */
function listCommandLines(): string[][] {
  return [...commandPages.matchAll(/(?:`|^)cnnviz ([^`#\n]+)/gm)].map(([, words]) =>
    (words as string).trim().split(/\s+/),
  );
}

test('every command and option in the README is one of the program, and every command is in the README', () => {
  const options = listOptions();
  const lines = listCommandLines().filter(([command]) => command !== 'COMMAND');
  const wrong = lines.filter(([command, ...words]) => {
    const known = options.get(command as string);
    return !known || words.some((word) => word.startsWith('--') && !known.has(word.replace(/=.*/, '')));
  });

  expect(wrong.map((words) => words.join(' '))).toEqual([]);
  expect([...options.keys()].filter((name) => !lines.some(([command]) => command === name))).toEqual([]);
});

test('an option that the README names by itself belongs to some command', () => {
  const known = new Set(['--global', ...[...listOptions().values()].flatMap((names) => [...names])]);
  const named = [...commandPages.matchAll(/`(--[a-z-]+)/g)].map(([, name]) => name as string);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('every npm script and every file that the README and the docs point at is there', () => {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md', 'examples/README.md'].concat(
    docs.filter((name) => name.endsWith('.md') && !name.startsWith('api')).map((name) => join('docs', name)),
  );
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const missing = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) =>
      join(page, '..', target as string),
    );
    const called = [...text.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name]) => name as string);
    return [
      ...links.filter((target) => !existsSync(join(root, target))),
      ...called.filter((name) => !['ci', 'install', 'link', 'pack'].includes(name) && !(name in scripts)),
    ];
  });
  expect(missing).toEqual([]);
});

test('the library example runs as it stands', async () => {
  await sampleData({ dir: join(folder, 'cats_dogs'), train: 3, validation: 1, test: 1, imageSize: 160 });
  copyFileSync(join(folder, 'cats_dogs/test/cats/cat.0.png'), join(folder, 'img.jpg'));
  const [, example] = readme.match(/```js\n([\s\S]+?)```/) as RegExpMatchArray;
  // Outside of a project that has cnnviz installed, its name leads nowhere.
  const entry = new URL('../dist/bundle/index.js', import.meta.url).href;
  writeFileSync(join(folder, 'example.mjs'), (example as string).replace("from 'cnnviz'", `from '${entry}'`));

  const output = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });

  expect(output).toMatch(/^5 /m);
  expect(output).toMatch(/^(cats|dogs) 0?\.?\d+/m);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['conv2d_1.png', 'conv2d_2.png']));
}, 180_000);
