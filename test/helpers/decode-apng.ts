// Reads animated PNG files by the specification, for those that are written frame by frame over each other.

import { inflateSync } from 'node:zlib';

interface DecodedFrame {
  durationMs: number;
  /** RGBA, of the whole picture */
  data: Buffer;
}

/** @param file of unfiltered rows of RGBA, all frames replacing what they cover */
export function decodeApng(file: Buffer): DecodedFrame[] {
  const frames: DecodedFrame[] = [];
  let [width, height, next] = [0, 0, 0];
  let canvas: Buffer = Buffer.alloc(0);
  let control: Buffer = Buffer.alloc(0);
  const expectSequence = (number: number) => {
    if (number !== next++) throw new Error(`sequence number ${number} instead of ${next - 1}`);
  };
  for (const { type, data } of readChunks(file)) {
    if (type === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      canvas = Buffer.alloc(4 * width * height);
    } else if (type === 'fcTL') {
      expectSequence(data.readUInt32BE(0));
      control = data;
    } else if (type === 'IDAT' || type === 'fdAT') {
      if (type === 'fdAT') expectSequence(data.readUInt32BE(0));
      const [w, h, x, y] = [4, 8, 12, 16].map((at) => control.readUInt32BE(at)) as [number, number, number, number];
      const rows = inflateSync(type === 'fdAT' ? data.subarray(4) : data);
      for (let row = 0; row < h; row++) {
        const from = row * (4 * w + 1);
        if (rows[from] !== 0) throw new Error('a filtered row');
        rows.copy(canvas, 4 * ((y + row) * width + x), from + 1, from + 1 + 4 * w);
      }
      const durationMs = (1000 * control.readUInt16BE(20)) / control.readUInt16BE(22);
      frames.push({ durationMs, data: Buffer.from(canvas) });
    }
  }
  return frames;
}

function* readChunks(file: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    yield { type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}
