import { expect, test } from 'vitest';
import { type AugmentationOptions, factorLimits } from '../../../src/dataset/augment/augmentation.js';
import { AUGMENTATION_DEFAULTS, AUGMENTATION_OPTIONS } from '../../../src/dataset/augment/augmentation-options.js';
import { checkOptions } from '../../../src/options/resolve.js';

const check = (options: AugmentationOptions) => () =>
  checkOptions(AUGMENTATION_OPTIONS, { ...AUGMENTATION_DEFAULTS, ...options });

test('what the book asks for is allowed', () => {
  const book = { rotationRange: 40, widthShiftRange: 0.2, heightShiftRange: 20, shearRange: 0.2, zoomRange: 0.2 };
  expect(check(book)).not.toThrow();
  expect(
    check({ zoomRange: [0.75, 1.1], brightnessRange: [0, 1.5], contrastRange: 1, fillMode: 'reflect' }),
  ).not.toThrow();
});

test.each<[AugmentationOptions, string]>([
  [{ rotationRange: -1 }, 'rotationRange: expected a number of at least 0, received -1'],
  [{ widthShiftRange: Number.NaN }, 'widthShiftRange: expected a number of at least 0, received NaN'],
  [{ shearRange: 90 }, 'shearRange: expected a number of at least 0 and below 90, received 90'],
  [
    { zoomRange: 1 },
    'zoomRange: expected a number of at least 0 and below 1, or two factors above 0, the lower first, received "1"',
  ],
  [{ zoomRange: [0, 1] }, 'received "0,1"'],
  [{ zoomRange: [1.2, 1.1] }, 'received "1.2,1.1"'],
  [{ brightnessRange: [0.5] as unknown as [number, number] }, 'brightnessRange: expected a number from 0 to 1, or two'],
  [{ contrastRange: -0.1 }, 'contrastRange: expected'],
  [{ fillMode: 'edge' as 'nearest' }, 'fillMode: expected one of nearest, reflect, wrap, constant, received "edge"'],
])('%o is refused', (options, message) => {
  expect(check(options)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  expect(check(options)).toThrow(message);
});

test('a number means as much to either side of 1', () => {
  expect(factorLimits(0.25)).toEqual([0.75, 1.25]);
  expect(factorLimits([0.5, 1])).toEqual([0.5, 1]);
});
