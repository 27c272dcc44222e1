import type { BackendName } from '../../backend/tfjs/backend.js';
import { decodeWatched } from '../../dataset/decode/decode.js';
import type { ImageDecoder } from '../../dataset/decode/image-decoder.js';

/**
 * The fastest decoder for many images: native TensorFlow for the JPEGs that it decodes to the same bytes, sharp for everything else.
 * Dispose it when no image is asked for any more.
 */
export async function openDecoder(backend: BackendName): Promise<ImageDecoder & Disposable> {
  if (backend !== 'native') return { decode: decodeWatched, [Symbol.dispose]: () => undefined };
  const [{ JpegBatches }, { JpegSession }] = await Promise.all([
    import('../../dataset/decode/jpeg-batches.js'),
    import('../../backend/native/jpeg-session.js'),
  ]);
  const session = new JpegSession();
  const batches = new JpegBatches((jpegs) => session.decode(jpegs));
  return { decode: batches.decode.bind(batches), [Symbol.dispose]: () => session.dispose() };
}
