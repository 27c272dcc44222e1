import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodeFilteredPng, encodeIndexedPng } from '../../src/rendering/indexed-png.js';
import { filterRows, removeFilters } from '../../src/rendering/png-filters.js';
import { decodePng } from '../helpers/decode-png.js';

const gray = Array.from({ length: 256 }, (_, place): [number, number, number] => [place, place, place]);

const picture = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 255 }))
  .chain(([width, height, max]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height, max })
      .map((pixels) => ({ width, height, pixels })),
  );

/** The filters' bytes and the pixels of rows that are a byte longer than the picture is wide. */
function splitRows(rows: Uint8Array, width: number) {
  const isFilter = (_: number, at: number) => at % (width + 1) === 0;
  return { filters: [...rows.filter(isFilter)], pixels: [...rows.filter((byte, at) => !isFilter(byte, at))] };
}

/** What is in the chunks IDAT. */
function readRows(png: Uint8Array): Uint8Array {
  const file = Buffer.from(png);
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return inflateSync(Buffer.concat(parts));
}

describe('filtered rows', () => {
  it('are read by another program', () => {
    fc.assert(
      fc.property(picture, ({ width, height, pixels }) => {
        const { data, ...size } = decodePng(encodeFilteredPng({ width, height, indexes: pixels, palette: gray }));
        expect(size).toEqual({ width, height });
        expect([...data.filter((_, at) => at % 4 === 0)]).toEqual([...pixels]);
      }),
    );
  });

  it('give back the pixels', () => {
    fc.assert(
      fc.property(picture, ({ width, height, pixels }) => {
        expect(splitRows(removeFilters(filterRows(pixels, width, height), width), width).pixels).toEqual([...pixels]);
      }),
    );
  });

  it.each([0, 1, 2, 3, 4] as const)('with filter %i of another program give back its pixels', (filterType) => {
    fc.assert(
      fc.property(picture, ({ width, height, pixels }) => {
        const png = new PNG({ width, height });
        for (const [at, value] of pixels.entries()) png.data.set([value, value, value, 255], 4 * at);
        const file = PNG.sync.write(png, { filterType, colorType: 0, inputHasAlpha: true });
        const rows = new Uint8Array(readRows(file));
        expect(new Set(splitRows(rows, width).filters)).toEqual(new Set([filterType]));
        expect(splitRows(removeFilters(rows, width), width).pixels).toEqual([...pixels]);
      }),
      { numRuns: 30 },
    );
  });

  it('have each the filter that leaves the least', () => {
    const [width, height] = [64, 32];
    const draw = (at: (x: number, y: number) => number) =>
      Uint8Array.from({ length: width * height }, (_, place) => at(place % width, Math.floor(place / width)));
    const noise = (x: number, y: number) => ((x * 7919 + y * 104729 + x * y * 31) % 97) % 64;
    const leftOf = (pixels: Uint8Array) => splitRows(filterRows(pixels, width, height), width).pixels;
    const [rows, columns] = [draw((_, y) => noise(0, y)), draw((x) => noise(x, 0))];
    expect(leftOf(rows).filter((byte, at) => at % width > 0 && byte !== 0)).toEqual([]);
    expect(leftOf(columns).filter((byte, at) => at >= width && byte !== 0)).toEqual([]);
    const smooth = draw((x, y) => Math.round(20 * (1 + Math.sin(x / 9)) + 10 * (1 + Math.cos(y / 7))));
    expect(encodeFilteredPng({ width, height, indexes: smooth, palette: gray }).length).toBeLessThan(
      0.9 * encodeIndexedPng({ width, height, indexes: smooth, palette: gray }).length,
    );
  });
});
