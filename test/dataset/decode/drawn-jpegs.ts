import sharp from 'sharp';
import { createRandom, type Random } from '../../../src/base/random.js';
import { type Sampling, writeJpeg } from './written-jpeg.js';

/** Of the luma, and of both chromas: what cameras and programs write, and what nobody does. */
const SAMPLINGS: readonly (readonly [luma: Sampling, chroma: Sampling])[] = [
  [
    [1, 1],
    [1, 1],
  ],
  [
    [2, 2],
    [1, 1],
  ],
  [
    [2, 1],
    [1, 1],
  ],
  [
    [1, 2],
    [1, 1],
  ],
  [
    [4, 1],
    [1, 1],
  ],
  [
    [4, 2],
    [1, 1],
  ],
  [
    [2, 2],
    [2, 1],
  ],
  [
    [1, 1],
    [2, 2],
  ],
];

/** A small JPEG, one of many kinds; every third is damaged. */
export async function drawJpeg(index: number): Promise<Buffer> {
  const random = createRandom(1, 'sample', index);
  const sound = await (index % 2 === 0 ? drawWithSharp(random) : drawOdd(random));
  return index % 3 === 0 ? damage(sound, random) : sound;
}

async function drawWithSharp(random: Random): Promise<Buffer> {
  const draw = (count: number) => Math.floor(random() * count);
  const [width, height, channels] = [1 + draw(70), 1 + draw(70), draw(5) === 0 ? 1 : 3] as const;
  const noise = draw(3) * 100;
  const steps = [1 + draw(9), 1 + draw(9), 50 * draw(3)] as const;
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)];
    return x * steps[0] + y * steps[1] + (at % channels) * steps[2] + random() * noise;
  });
  const image = sharp(pixels, { raw: { width, height, channels } });
  const tagged = draw(3) === 0 ? image.withMetadata({ orientation: 1 + draw(8) }) : image;
  return tagged
    .jpeg({
      quality: [100, 95, 80, 50, 5][draw(5)] as number,
      chromaSubsampling: draw(2) === 0 ? '4:4:4' : '4:2:0',
      progressive: draw(4) === 0,
      optimiseCoding: draw(2) === 0,
    })
    .toBuffer();
}

function drawOdd(random: Random): Buffer {
  const draw = (count: number) => Math.floor(random() * count);
  const [luma, chroma] = SAMPLINGS[draw(SAMPLINGS.length)] as (typeof SAMPLINGS)[number];
  const sampling = draw(6) === 0 ? [luma] : [luma, chroma, chroma];
  return writeJpeg(
    { width: 1 + draw(70), height: 1 + draw(70), sampling, restartInterval: draw(3) === 0 ? 1 + draw(5) : 0 },
    random,
  );
}

/** Cuts off, takes out, puts in or changes some bytes; sometimes that is nothing that a decoder minds. */
function damage(sound: Buffer, random: Random): Buffer {
  const draw = (count: number) => Math.floor(random() * count);
  const bytes = Buffer.from(sound);
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  const place = scan + 12 + draw(bytes.length - scan - 12);
  const extra = Buffer.from(Array.from({ length: 1 + draw(30) }, () => draw(256)));
  switch (draw(7)) {
    case 0:
      return bytes.subarray(0, 20 + draw(bytes.length - 20)); // truncated
    case 1:
      return bytes.subarray(0, -2); // without an end
    case 2:
      return Buffer.concat([bytes, extra]); // with something behind it
    case 3:
      return Buffer.concat([bytes.subarray(0, -2), extra, bytes.subarray(-2)]); // with something before its end
    case 4:
      return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + extra.length)]);
    case 5:
      bytes[place] = draw(256);
      return bytes;
    default:
      bytes[2 + draw(bytes.length - 2)] = draw(256); // in the headers too
      return bytes;
  }
}
