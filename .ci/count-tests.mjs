// The one line that sums up the tests, from vitest's own report, or a check that the report is whole.
import { readFileSync } from 'node:fs';

const [mode, path] = process.argv.slice(2);
const { passed, failed, skipped, complete } = readReport(path);

if (mode === 'print') {
  console.log(`Tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
} else if (failed > 0 || passed === 0 || !complete) {
  console.error(complete ? 'No test passed, or one failed.' : 'The test run did not finish.');
  process.exitCode = 1;
}

function readReport(file) {
  const text = readFileSync(file, 'utf8');
  if (text === '') return { passed: 0, failed: 0, skipped: 0, complete: false };
  const report = JSON.parse(text);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    // A file that cannot even be loaded holds no failed test, but fails the run.
    complete: report.success || report.numFailedTests > 0,
  };
}
