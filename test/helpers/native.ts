import { test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';

const refusal = await selectBackend('native').then(
  () => undefined,
  (error: Error) => error.message,
);

if (refusal !== undefined) console.warn(`skipped, native TensorFlow is not available (${refusal})`);

/** A test that needs native TensorFlow: makes it the current backend, or is skipped and the reason printed. */
export const nativeTest = test.skipIf(refusal !== undefined);
