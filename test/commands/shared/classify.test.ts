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
    expect(classify(Float32Array.of(0, 0, 1), [])).toMatchObject({ className: 'class 2', probability: 1 });
  });

  it('lists labels above one half where each is by itself', () => {
    const outputs = Float32Array.of(0.9, 0.2, 0.6);
    expect(classify(outputs, ['beach', 'city', 'sunset'], 'labels')).toMatchObject({
      className: 'beach, sunset',
      labels: [{ className: 'beach' }, { className: 'sunset' }],
    });
    expect(classify(Float32Array.of(0.1, 0.2), [], 'labels')).toMatchObject({ className: 'no label', labels: [] });
  });
});
