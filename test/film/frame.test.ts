import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type CodedChannel, encodeChannels } from '../../src/film/codes.js';
import { decodeFrame, decodeLayer, encodeFrame, encodeLayer, type Frame } from '../../src/film/frame.js';
import { decodeProbeImages, encodeProbeImages } from '../../src/film/probe-images.js';

const maps = { name: 'conv', shape: [1, 2, 3, 2], values: Float32Array.from({ length: 12 }, (_, i) => i) };
const units = { name: 'dense', shape: [1, 3], values: Float32Array.of(1, Number.NaN, -2) };
const image = { outputs: [0.25], layers: [encodeLayer(maps, 'Conv2D'), encodeLayer(units, 'Dense')] };
const frame: Frame = { epoch: 3, images: [image, image] };

describe('a frame', () => {
  test('is read as it was written, to half a step', async () => {
    const back = await decodeFrame(await encodeFrame(frame), 'f');
    expect(back.epoch).toBe(3);
    expect(back.images).toHaveLength(2);
    const [conv, dense] = back.images[1]?.layers ?? [];
    expect(conv).toMatchObject({ name: 'conv', kind: 'Conv2D', height: 2, width: 3, isMap: true });
    const values = conv && Array.from(decodeLayer(conv)[1]?.values ?? []);
    expect(values).toEqual([1, 3, 5, 7, 9, 11].map((value) => expect.closeTo(value, 1)));
    expect(dense && decodeLayer(dense).map(({ values }) => values[0])).toEqual([1, Number.NaN, -2]);
  });

  test('has the evidence in its images where that is known, and why not where it is not', async () => {
    const [channel] = encodeChannels(Float32Array.of(-1, 0, 3), 1) as [CodedChannel];
    const cells = { rows: [0.5], columns: [0.2, 0.5, 0.8] };
    const evidence = { layer: 'conv', height: 1, width: 3, cells, maps: [{ classIndex: 1, channel }] };
    const back = await decodeFrame(await encodeFrame({ epoch: 1, images: [{ ...image, evidence }, image] }), 'f');
    expect(back.images[0]?.evidence).toMatchObject({ ...evidence, maps: [{ classIndex: 1 }] });
    const kept = back.images[0]?.evidence?.maps[0]?.channel as CodedChannel;
    expect({ ...kept, codes: [...kept.codes] }).toEqual({ ...channel, codes: [...channel.codes] });
    expect(back.images[1]).toEqual((await decodeFrame(await encodeFrame(frame), 'f')).images[0]);
    const without = await decodeFrame(await encodeFrame({ ...frame, noEvidence: 'no maps' }), 'f');
    expect([without.noEvidence, back.noEvidence]).toEqual(['no maps', undefined]);
  });

  test('is read as versions before the evidence wrote it', async () => {
    const file = gunzipSync(await encodeFrame(frame))
      .toString('latin1')
      .replace('"formatVersion":2', '"formatVersion":1');
    expect(await decodeFrame(gzipSync(Buffer.from(file, 'latin1')), 'f')).toMatchObject({ epoch: 3, images: [{}, {}] });
  });

  test('gives the same bytes each time', async () => {
    expect(await encodeFrame(frame)).toEqual(await encodeFrame(structuredClone(frame)));
  });

  test('is refused where it is damaged, cut off, or something else', async () => {
    const file = Buffer.from(await encodeFrame(frame));
    const refusal = (message: RegExp) => ({ code: 'BAD_MODEL', message: expect.stringMatching(message) });
    await expect(decodeFrame(file.subarray(0, 40), 'f')).rejects.toMatchObject(refusal(/f: .*damaged/));
    const short = gzipSync(gunzipSync(file).subarray(0, -1));
    await expect(decodeFrame(short, 'f')).rejects.toMatchObject(refusal(/expected 30 bytes .* found 29/));
    await expect(decodeProbeImages(file, 'f')).rejects.toMatchObject(refusal(/expected the probe images of a run/));
    const odd = gzipSync(gunzipSync(file).toString('latin1').replace('"epoch":3', '"epoch":-3'));
    await expect(decodeFrame(odd, 'f')).rejects.toMatchObject(refusal(/epoch: expected a whole number of at least 0/));
  });
});

test('probe images are read as they were written', async () => {
  const pixels = (seed: number) => Uint8Array.from({ length: 12 }, (_, index) => index * seed);
  const probe = {
    ...{ height: 2, width: 2 },
    images: [1, 2].map((seed) => ({ name: `${seed}.png`, path: `/a/${seed}.png`, pixels: pixels(seed) })),
  };
  const back = await decodeProbeImages(await encodeProbeImages(probe), 'p');
  expect(back.images.map(({ name, pixels: bytes }) => [name, [...bytes]])).toEqual(
    probe.images.map(({ name, pixels: bytes }) => [name, [...bytes]]),
  );
});

test('what cells see is known of each of them, or the probe images are refused', async () => {
  const side = (size: number) => {
    const numbers = Array.from({ length: size }, (_, index) => index);
    return { from: numbers, to: numbers, middle: numbers };
  };
  const probeOf = (rows: number, columns: number) => {
    const field = { rows: side(rows), columns: side(columns) };
    const layer = { name: 'conv', kind: 'Conv2D', shape: [2, 3, 8], parameterCount: 0, inputs: [], field };
    return encodeProbeImages({ height: 2, width: 2, images: [], network: [layer] });
  };
  const back = await decodeProbeImages(await probeOf(2, 3), 'p');
  expect(back.network?.[0]?.field?.columns.middle).toEqual([0, 1, 2]);
  for (const [rows, columns] of [
    [3, 3],
    [2, 2],
  ] as const) {
    await expect(decodeProbeImages(await probeOf(rows, columns), 'p')).rejects.toThrow(
      /a field for each row and column/,
    );
  }
});
