import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const { joinModules, joinStyles } = (await import(new URL('../../scripts/join-modules.mjs', import.meta.url).href)) as {
  joinModules(entry: string): string;
  joinStyles(entry: string): string;
};

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-join-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('modules become one that does the same: each once, after those that it needs, with names of its own', async () => {
  write('log.js', 'export const log = [];\n');
  write(
    'a.js',
    "import { log } from './log.js';\nconst own = 'a';\nexport function a() {\n    return own;\n}\nlog.push('a');\n",
  );
  write(
    'b.js',
    "import { a as first } from './a.js';\nimport { log } from './log.js';\nconst own = 'b';\nexport class B {}\nlog.push(first() + own);\n",
  );
  const main = write(
    'main.js',
    "import { a } from './a.js';\nimport { B } from './b.js';\nimport { log } from './log.js';\nglobalThis.joined = [...log, a(), B.name];\n",
  );
  await import(pathToFileURL(write('joined.mjs', joinModules(main))).href);
  expect((globalThis as { joined?: unknown }).joined).toEqual(['a', 'ab', 'a', 'B']);
});

it.each([
  "import fs from 'node:fs';",
  "import * as all from './log.js';",
  "export { log } from './log.js';",
  'export default 1;',
])('refuses what it does not know: %s', (line) => {
  expect(() => joinModules(write('unknown.js', `${line}\n`))).toThrow('cannot be joined');
});

it('style sheets come in the place of their imports', () => {
  write('one.css', 'a {}\n');
  write('two.css', 'b {}\n');
  expect(joinStyles(write('main.css', '@import "./two.css";\n@import "./one.css";\n'))).toBe('b {}\n\na {}\n\n');
});
