import { test } from 'vitest';

/** A test that is skipped where there is a reason, which is printed: vitest's report names no skipped test. */
export function testUnless(reason: string | undefined): ReturnType<typeof test.skipIf> {
  if (reason !== undefined) console.warn(`skipped: ${reason}`);
  return test.skipIf(reason !== undefined);
}
