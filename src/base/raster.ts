/** One picture, row by row, 4 bytes a pixel: red, green, blue, alpha (0..255, not premultiplied). */
export interface Raster {
  width: number;
  height: number;
  /** width x height x 4 bytes */
  data: Uint8ClampedArray;
}

/** Red, green, blue, 0..255 each. */
export type Color = readonly [red: number, green: number, blue: number];

/** A picture of one opaque color. Width and height in pixels. */
export function createRaster(width: number, height: number, color: Color): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  new Uint32Array(data.buffer).fill(packColor(color));
  return { width, height, data };
}

/** The picture that an interleaved array of bytes holds: [height, width, channels], 1 channel (gray) or 3 (RGB). */
export function rasterFromPixels(pixels: ArrayLike<number>, width: number, height: number, channels: 1 | 3): Raster {
  const raster = createRaster(width, height, [0, 0, 0]);
  for (let index = 0; index < width * height; index++) {
    for (let part = 0; part < 3; part++) {
      raster.data[index * 4 + part] = pixels[index * channels + (channels === 3 ? part : 0)] as number;
    }
  }
  return raster;
}

/** Four bytes as one number in this machine's byte order, for writing whole pixels at once through `pixelView`. */
export function packColor([red, green, blue]: Color): number {
  // Unsigned, as it is read back; typed arrays for each color would take fifty times as long.
  return (
    (isLittleEndian
      ? 0xff000000 | (blue << 16) | (green << 8) | red
      : (red << 24) | (green << 16) | (blue << 8) | 255) >>> 0
  );
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The same memory, one number a pixel. */
export function pixelView({ data, width, height }: Raster): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, width * height);
}

/** Paints a rectangle; what lies outside the picture is left out. */
export function fillRectangle(raster: Raster, x: number, y: number, width: number, height: number, color: Color): void {
  const pixels = pixelView(raster);
  const packed = packColor(color);
  const left = Math.max(0, x);
  const right = Math.min(raster.width, x + width);
  for (let row = Math.max(0, y); row < Math.min(raster.height, y + height); row++) {
    if (right > left) pixels.fill(packed, row * raster.width + left, row * raster.width + right);
  }
}

/** Mixes a color into one pixel; opacity 0..1. Outside the picture nothing happens. */
export function blendPixel(raster: Raster, x: number, y: number, color: Color, opacity: number): void {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return;
  const { data } = raster;
  const offset = (y * raster.width + x) * 4;
  for (let part = 0; part < 3; part++) {
    const old = data[offset + part] as number;
    data[offset + part] = old + ((color[part] as number) - old) * opacity;
  }
}
