import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

// The dead-code check is shown dead code in a tree without tests, so that a broken configuration cannot pass for a clean one.
const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'cnnviz-dead-code-'));

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function findDeadCode(...options: string[]): string {
  const knip = join(root, 'node_modules/knip/bin/knip.js');
  return spawnSync(process.execPath, [knip, '--reporter', 'compact', ...options], { cwd: copy, encoding: 'utf8' })
    .stdout;
}

test('an export that nobody uses, one that only a test uses, and an orphaned file are found', () => {
  for (const name of ['src', 'bin', 'package.json', 'knip.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  appendFileSync(
    join(copy, 'src/base/errors.ts'),
    'export const plantedUnused = 1;\nexport const plantedForTest = 1;\n',
  );
  writeFileSync(join(copy, 'src/planted-orphan.ts'), 'export const orphan = 1;\n');
  mkdirSync(join(copy, 'test'));
  writeFileSync(
    join(copy, 'test/planted.test.ts'),
    "import { plantedForTest } from '../src/base/errors.js';\nplantedForTest;\n",
  );

  const everything = findDeadCode();
  expect(everything).toContain('plantedUnused');
  expect(everything).toContain('planted-orphan');
  expect(everything).not.toContain('plantedForTest');
  expect(findDeadCode('--production')).toContain('plantedForTest');
});
