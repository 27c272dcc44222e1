import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/commands/shared/classify.js';

describe('classify', () => {
  it.each([
    [[0.25], { className: 'cats', probability: 0.75 }],
    [[0.75], { className: 'dogs', probability: 0.75 }],
    [[0.125, 0.875], { className: 'dogs', probability: 0.875 }],
  ])('reads %j', (outputs, prediction) => {
    expect(classify(Float32Array.from(outputs), ['cats', 'dogs'])).toEqual(prediction);
  });

  it('numbers classes whose names are not known', () => {
    expect(classify(Float32Array.of(0, 0, 1), [])).toEqual({ className: 'class 2', probability: 1 });
  });
});
