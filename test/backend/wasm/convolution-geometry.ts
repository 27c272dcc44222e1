import fc from 'fast-check';

export interface ConvolutionGeometry {
  input: [batch: number, height: number, width: number, channels: number];
  filter: [height: number, width: number, inChannels: number, outChannels: number];
  strides: [number, number];
  pad: 'same' | 'valid';
}

/** Small convolutions whose output has at least one pixel, unequal in every direction. */
export const convolutionGeometry: fc.Arbitrary<ConvolutionGeometry> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    inChannels: fc.integer({ min: 1, max: 9 }),
    outChannels: fc.integer({ min: 1, max: 9 }),
    filterHeight: fc.integer({ min: 1, max: 5 }),
    filterWidth: fc.integer({ min: 1, max: 5 }),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    pad: fc.constantFrom('same' as const, 'valid' as const),
  })
  .map(({ batch, height, width, inChannels, outChannels, filterHeight, filterWidth, strides, pad }) => ({
    // A valid convolution needs an input of at least the filter's size.
    input: [
      batch,
      pad === 'valid' ? height + filterHeight - 1 : height,
      pad === 'valid' ? width + filterWidth - 1 : width,
      inChannels,
    ],
    filter: [filterHeight, filterWidth, inChannels, outChannels],
    strides,
    pad,
  }));

export interface PoolingGeometry {
  input: [batch: number, height: number, width: number, channels: number];
  poolSize: [number, number];
  strides: [number, number];
  pad: 'same' | 'valid';
}

/** Small poolings with windows that overlap, touch or leave gaps. */
export const poolingGeometry: fc.Arbitrary<PoolingGeometry> = convolutionGeometry.map(
  ({ input, filter: [height, width], strides, pad }) => ({ input, poolSize: [height, width], strides, pad }),
);
