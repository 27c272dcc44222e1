// What became of the tests, from vitest's own report: `print` lists those that failed, or passed at the second try only, and
// ends with the line that sums up; `check` fails where the tests did.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const MESSAGE_LINES = 6;

const [mode, path] = process.argv.slice(2);
const { passed, failed, skipped, complete, files } = readReport(path);

if (mode === 'print') {
  for (const file of files) for (const line of describeProblems(file)) console.log(line);
  console.log(`Tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
} else if (failed > 0 || passed === 0 || !complete) {
  console.error(complete ? 'No test passed, or one failed.' : 'The test run did not finish.');
  process.exitCode = 1;
}

function readReport(file) {
  const text = readFileSync(file, 'utf8');
  if (text === '') return { passed: 0, failed: 0, skipped: 0, complete: false, files: [] };
  const report = JSON.parse(text);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    // A file that cannot even be loaded holds no failed test, but fails the run.
    complete: report.success || report.numFailedTests > 0,
    files: report.testResults,
  };
}

function* describeProblems({ name, status, message, assertionResults: tests }) {
  const file = relative(process.cwd(), name);
  for (const { status, fullName, duration, failureMessages } of tests) {
    // What passed although it has failures passed when it was tried again.
    if (status !== 'failed' && failureMessages.length === 0) continue;
    const verdict = status === 'failed' ? 'FAILED' : 'PASSED AT THE SECOND TRY';
    yield `\n${verdict}: ${file} > ${fullName} (${Math.round(duration ?? 0)} ms)`;
    yield* indentStart(failureMessages[0] ?? '');
  }
  if (status !== 'failed' || tests.some((test) => test.status === 'failed')) return;
  yield `\nFAILED: ${file}, outside its tests`;
  yield* indentStart(message);
}

function indentStart(text) {
  const lines = text.replaceAll('STACK_TRACE_ERROR', 'it took longer than its time limit').split('\n');
  const ours = lines.filter((line) => !line.includes('node_modules'));
  return ours.slice(0, MESSAGE_LINES).map((line) => `    ${line}`);
}
