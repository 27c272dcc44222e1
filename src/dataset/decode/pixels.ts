// Decoded pixels and their conversions, with Pillow's formulas.

/** A decoded image: three bytes (red, green, blue) a pixel, row by row. */
export interface RgbPixels {
  width: number;
  height: number;
  /** width x height x 3 bytes */
  data: Uint8Array;
}

/** Drops alpha, and repeats a lone grey channel: what Pillow's `convert('RGB')` does to RGBA, LA and L. */
export function toRgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  const green = channels < 3 ? 0 : 1;
  const blue = channels < 3 ? 0 : 2;
  for (let pixel = 0, from = 0, to = 0; pixel < count; pixel++, from += channels, to += 3) {
    rgb[to] = data[from] as number;
    rgb[to + 1] = data[from + green] as number;
    rgb[to + 2] = data[from + blue] as number;
  }
  return rgb;
}

/** Pillow's conversion (libImaging/Convert.c, cmyk2rgb): no colour management, 8-bit fixed point. */
export function cmykToRgb(cmyk: Uint8Array): Uint8Array {
  const count = cmyk.length / 4;
  const rgb = new Uint8Array(count * 3);
  for (let pixel = 0; pixel < count; pixel++) {
    const white = 255 - (cmyk[pixel * 4 + 3] as number);
    for (let channel = 0; channel < 3; channel++) {
      const product = (cmyk[pixel * 4 + channel] as number) * white + 128;
      rgb[pixel * 3 + channel] = Math.max(0, white - (((product >> 8) + product) >> 8));
    }
  }
  return rgb;
}
