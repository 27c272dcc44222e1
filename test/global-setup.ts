import { execFileSync } from 'node:child_process';
import { findWholeInstallation } from '../src/backend/native/cache.js';

/** Builds the program once before any test runs it, and tells on which backends the tests run. */
export default function prepare(): void {
  const build =
    "import('./scripts/build.mjs').then(({ buildIfStale }) => buildIfStale()).then((done) => process.exit(done ? 0 : 1))";
  execFileSync(process.execPath, ['-e', build], { stdio: 'inherit' });
  const native = findWholeInstallation();
  const words = native
    ? `native (TensorFlow ${native.tensorflowVersion}), wasm, cpu`
    : 'wasm, cpu; what needs native TensorFlow is skipped, since it is not set up (node scripts/set-up.mjs)';
  console.log(`Backends: ${words}`);
}
