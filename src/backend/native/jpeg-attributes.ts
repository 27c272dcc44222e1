// What makes TensorFlow's DecodeJpeg give sharp's pixels.

/** The inverse transform is the accurate one, as sharp's: the default one differs in two of three values. */
export const JPEG_ATTRIBUTES = {
  channels: { int: 3 },
  ratio: { int: 1 },
  fancy_upscaling: { bool: true },
  try_recover_truncated: { bool: false },
  acceptable_fraction: { float: 1 },
  dct_method: { string: 'INTEGER_ACCURATE' },
} as const;
