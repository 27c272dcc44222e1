import { findBfloat16Support } from '../../src/backend/processor.js';
import { selectBackend } from '../../src/backend/select.js';
import { testUnless } from './skip.js';

/** Why nothing can be computed in bfloat16 here; undefined where it can, fast or slow. */
async function explainNone(): Promise<string | undefined> {
  if (findBfloat16Support() === 'none') return 'this processor has no AVX-512, which bfloat16 needs';
  return selectBackend('native').then(
    () => undefined,
    (error: Error) => `native TensorFlow is not available (${error.message})`,
  );
}

/** A test that computes in bfloat16. */
export const bfloat16Test = testUnless(await explainNone());
