import { expect, test } from 'vitest';
import { ImageJudge } from '../../../src/commands/compare/judge-images.js';
import type { Side } from '../../../src/commands/compare/sides.js';

const side = (classNames: string[], outputKind: string) =>
  ({ found: { classNames }, trained: { network: { outputKind } } }) as unknown as Side;

test('half the sum of the differences is the difference, whatever the order of the classes', () => {
  const judge = ImageJudge.open(
    [side(['a', 'b', 'c'], 'probabilities'), side(['c', 'a', 'b'], 'probabilities')],
    ['a', 'b', 'c'],
    4,
  );
  judge?.add('x.png', 0, { a: Float32Array.of(0.5, 0.25, 0.25), b: Float32Array.of(0.75, 0.25, 0) });
  judge?.add('y.png', 0, { a: Float32Array.of(1, 0, 0), b: Float32Array.of(0, 0, 1) });
  expect(judge?.judgements).toMatchObject({
    ...{ sameCount: 0, imageCount: 2, right: { both: 0, onlyA: 2, onlyB: 0, neither: 0 } },
    images: [
      { path: 'y.png', difference: 1 },
      { path: 'x.png', difference: 0.5 },
    ],
  });
});

test.each(['labels', 'scores'])('networks whose outputs are %s are not compared by them', (kind) => {
  const [known, other] = [side(['a', 'b'], 'probabilities'), side(['a', 'b'], kind)];
  expect(ImageJudge.open([known, other], [], 4)).toBeUndefined();
  expect(ImageJudge.open([other, other], [], 4)).toBeUndefined();
});
