import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A TypeScript project that has cnnviz and nothing that cnnviz depends on: what its declarations take from elsewhere is missing.
const project = mkdtempSync(join(tmpdir(), 'cnnviz-consumer-'));
const library = join(project, 'node_modules', 'cnnviz');
const index = readFileSync('src/index.ts', 'utf8');

beforeAll(() => {
  mkdirSync(library, { recursive: true });
  cpSync('package.json', join(library, 'package.json'));
  cpSync('dist', join(library, 'dist'), { recursive: true });
  writeFileSync(
    join(project, 'everything.mts'),
    "import * as cnnviz from 'cnnviz';\nexport const result: cnnviz.TrainResult = await cnnviz.train({ data: '' });\n",
  );
  for (const [name, code] of listExamples()) writeFileSync(join(project, `${name}.mts`), code);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The code of every `@example` in the declarations, by the function that it stands at. */
function listExamples(): Map<string, string> {
  const examples = new Map<string, string>();
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.d.ts'));
  for (const path of files) {
    const text = readFileSync(join('dist', path), 'utf8');
    const commented = /\/\*\*((?:(?!\*\/).)*)\*\/\nexport declare function (\w+)/gs;
    for (const [, comment, name] of text.matchAll(commented)) {
      const code = /@example\s+\* ```ts\n(.*?) \* ```/s.exec(comment as string)?.[1];
      if (code !== undefined) examples.set(name as string, code.replace(/^ \* ?/gm, ''));
    }
  }
  return examples;
}

function compile(files: string[], ...options: string[]): string {
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const strict = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022'];
  const args = [compiler, ...strict, ...options, ...files];
  return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' }).stdout;
}

const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler'];
const node = ['--lib', 'es2022', '--types', 'node', '--typeRoots', resolve('node_modules/@types')];

test.each([
  ['Node, with the types of Node', ['--module', 'nodenext', ...node]],
  ['Node, without them', ['--module', 'nodenext']],
  ['a bundler, with the types of Node', [...bundler, ...node]],
  ['a bundler, without them', bundler],
])('a strict project that checks libraries too compiles: for %s', (_, options) => {
  expect(compile(['everything.mts'], ...options)).toBe('');
});

test('a type that a call does not take is refused', () => {
  writeFileSync(join(project, 'wrong.mts'), "import { train } from 'cnnviz';\nawait train({ data: 1 });\n");
  expect(compile(['wrong.mts'], ...bundler)).toContain("Type 'number' is not assignable to type 'string'");
});

test('every call that takes more than a moment has an example, and all of them compile', () => {
  const examples = listExamples();
  const calls = [...index.matchAll(/export const (\w+) = lazily/g)].map(([, name]) => name as string);
  expect(calls).toContain('train');
  expect(calls.filter((name) => !(examples.has(name) || name === 'captureActivations'))).toEqual([]);
  expect(
    compile(
      [...examples.keys()].map((name) => `${name}.mts`),
      '--module',
      'nodenext',
      ...node,
    ),
  ).toBe('');
});

test('importing the library loads none of the packages that it depends on, and little of its own', () => {
  const coverage = join(project, 'coverage');
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  const args = [
    '--input-type=module',
    '--eval',
    "const { train } = await import('cnnviz'); console.log(typeof train);",
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', env });
  expect({ stdout, stderr }).toEqual({ stdout: 'function\n', stderr: '' });
  const [report] = readdirSync(coverage).map((name) => JSON.parse(readFileSync(join(coverage, name), 'utf8')));
  const loaded = (report.result as { url: string }[]).filter(({ url }) => url.includes('/cnnviz/dist/'));
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.length).toBeLessThan(5); // of 700: a millisecond each
});
