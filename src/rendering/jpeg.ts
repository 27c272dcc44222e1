import type { Raster } from '../base/raster.js';

/** An image as a JPEG file, for pages: no metadata in it, neither place nor camera. */
export interface Jpeg {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** Encodes a picture, made smaller so that neither side exceeds `size` pixels; what is transparent becomes black. */
export async function encodeJpeg({ width, height, data }: Raster, size: number): Promise<Jpeg> {
  const { default: sharp } = await import('sharp'); // at the first image: loading it takes 50 ms
  const { data: bytes, info } = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, bytes };
}
