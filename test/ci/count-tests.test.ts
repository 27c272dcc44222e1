import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const failedTest = {
  fullName: 'a lock is taken over',
  status: 'failed',
  duration: 12.4,
  failureMessages: ['AssertionError: expected 1 to be 2\n    at lock.test.ts:9:1'],
};
const flakyTest = { ...failedTest, fullName: 'a kill leaves nothing', status: 'passed' };
const goodTest = { fullName: 'all is well', status: 'passed', duration: 1, failureMessages: [] };

function countTests(mode: string, report: object | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'cnnviz-count-'));
  const path = join(folder, 'report.json');
  writeFileSync(path, report === undefined ? '' : JSON.stringify(report));
  const { status, stdout } = spawnSync(process.execPath, ['.ci/count-tests.mjs', mode, path], {
    cwd: root,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return { status, lines: stdout.trimEnd().split('\n') };
}

function makeReport(tests: { status: string }[], message = '') {
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const success = count('failed') === 0 && message === '';
  const file = { name: join(root, 'test/a.test.ts'), status: success ? 'passed' : 'failed', message };
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: 0,
    numTodoTests: 0,
    success,
    testResults: [{ ...file, assertionResults: tests }],
  };
}

test('the end of the log names each failed test with the start of its message', () => {
  const report = makeReport([goodTest, failedTest]);
  expect(countTests('print', report).lines).toEqual([
    '',
    'FAILED: test/a.test.ts > a lock is taken over (12 ms)',
    '    AssertionError: expected 1 to be 2',
    '        at lock.test.ts:9:1',
    'Tests: 1 passed, 1 failed',
  ]);
  expect(countTests('check', report).status).toBe(1);
});

test('a test that passed at its second try only is named, and counts as passed', () => {
  const report = makeReport([flakyTest]);
  expect(countTests('print', report).lines).toContain(
    'PASSED AT THE SECOND TRY: test/a.test.ts > a kill leaves nothing (12 ms)',
  );
  expect(countTests('check', report).status).toBe(0);
});

test('a file that cannot be loaded, and a run that never ended, fail', () => {
  const report = makeReport([], 'cannot load');
  expect(countTests('print', report).lines.slice(1)).toEqual([
    'FAILED: test/a.test.ts, outside its tests',
    '    cannot load',
    'Tests: 0 passed, 0 failed',
  ]);
  expect(countTests('check', report).status).toBe(1);
  expect(countTests('check', undefined).status).toBe(1);
  expect(countTests('check', makeReport([goodTest])).status).toBe(0);
});
