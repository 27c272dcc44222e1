import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareNumbers } from '../../src/backend/agreement-record.js';
import { findWholeInstallation, pointerFile } from '../../src/backend/native/cache.js';
import { runProgram } from '../cli/run-program.js';

const home = mkdtempSync(join(tmpdir(), 'cnnviz-untried-'));

afterAll(() => rmSync(home, { recursive: true }));

test.each([
  ['the same', [1, -2, 3], [1, -2, 3], true, 0],
  ['rounded otherwise', [1, -2, 3.0001], [1, -2, 3], true, 0.0001 / 3],
  ['too far away', [1, -2, 3.1], [1, -2, 3], false, 0.1 / 3],
  ['no number', [1, Number.NaN, 3], [1, -2, 3], false, null],
  ['fewer', [1, -2], [1, -2, 3], false, null],
])('numbers that are %s', (_, ours, theirs, agrees, largestDifference) => {
  const expected = largestDifference === null ? null : expect.closeTo(largestDifference, 10);
  expect(compareNumbers(ours, theirs)).toEqual({ agrees, largestDifference: expected });
});

// A real installation, as if from a wheel that nobody has tried.
const real = findWholeInstallation();
if (real === undefined) console.warn('skipped: the comparison of backends (native TensorFlow is not set up)');

test.skipIf(real === undefined)(
  'auto takes an untried TensorFlow once its numbers agree with those of WebAssembly',
  async () => {
    const folder = join(home, 'native', 'copied');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(real?.folder as string))
      symlinkSync(join(real?.folder as string, name), join(folder, name));
    const pointer = { ...real, folder: 'copied', wheelSha256: '0'.repeat(64) };
    writeFileSync(pointerFile(join(home, 'native')), JSON.stringify(pointer));
    const examine = async (...options: string[]) => {
      const { exitCode, stdout, stderr } = await runProgram(['doctor', ...options], { env: { CNNVIZ_HOME: home } });
      expect([exitCode, stderr]).toEqual([0, '']);
      return stdout;
    };
    const record = join(folder, 'agreement.json');

    const first = JSON.parse(await examine('--json'));
    expect(first).toMatchObject({ selected: 'native', devices: expect.arrayContaining(['CPU:0']) });
    expect(first.untried).toEqual({
      platform: expect.any(String),
      agreement: JSON.parse(readFileSync(record, 'utf8')),
    });
    expect(first.untried.agreement).toMatchObject({ agrees: true });
    expect(first.untried.agreement.largestDifference).toBeLessThan(1e-5);

    // What was found is kept: a machine on which they do not agree stays with WebAssembly.
    writeFileSync(record, JSON.stringify({ ...first.untried.agreement, agrees: false, largestDifference: 0.5 }));
    const second = await examine();
    expect(second).toMatch(/^native +yes: .*thread(s)?$/m);
    expect(second).toMatch(/^wasm +yes: .*used by default$/m);
    expect(second).toMatch(
      /^not tried yet +nobody has reported .*do not agree with WebAssembly's here \(largest difference 0\.50\)$/m,
    );

    // Of another machine it says nothing.
    writeFileSync(record, JSON.stringify({ ...first.untried.agreement, machine: 'another', agrees: false }));
    expect(JSON.parse(await examine('--json'))).toMatchObject({ selected: 'native' });
    expect(existsSync(join(real?.folder as string, 'agreement.json'))).toBe(false);
  },
);
