import { expect, test } from 'vitest';
import { drawMasks } from '../../src/sample/draw-masks.js';
import { drawPicture, drawTwin } from '../../src/sample/draw-picture.js';
import { readSampleParameters } from '../../src/sample/parameters.js';
import { type PictureKey, setScene } from '../../src/sample/scene.js';

const { palette } = readSampleParameters();
const size = 80;
const keys = (['cats', 'dogs'] as const).flatMap((className) =>
  Array.from({ length: 8 }, (_, index): PictureKey => ({ seed: 1, split: 'test', className, index })),
);

/** Whether two pictures have the same color, pixel by pixel. */
function compare(one: Uint8ClampedArray, other: Uint8ClampedArray): boolean[] {
  const pixels = Array.from({ length: one.length / 4 }, (_, pixel) => pixel * 4);
  return pixels.map((offset) => [0, 1, 2].every((part) => one[offset + part] === other[offset + part]));
}

test('a twin is the same animal in the same scene with the head, the tail and the eyes of the other class', () => {
  for (const key of keys) {
    const kind = key.className === 'cats' ? 'dogs' : 'cats';
    const [own, other] = [setScene(key, palette, size), setScene(key, palette, size, kind)];
    expect(other.animal).toEqual({ ...own.animal, kind, eye: other.animal.eye });
    expect(other.transform).toEqual(own.transform);
    expect(compare(other.raster.data, own.raster.data)).not.toContain(false);
    expect(palette[kind === 'cats' ? 'catEyes' : 'otherEyes']).toContainEqual(other.animal.eye);
  }
});

test('a picture and its twin are the same to the bit outside the mask of their difference, and differ within it', () => {
  for (const key of keys) {
    const twin = drawTwin(key, palette, size);
    const same = compare(drawPicture(key, palette, size).data, twin?.data as Uint8ClampedArray);
    const { difference } = drawMasks(key, palette, size);
    const values = Array.from(difference?.values ?? []);
    expect(values).toHaveLength(same.length);
    expect(values.filter((value, pixel) => value === 0 && !same[pixel])).toEqual([]);
    const [within, differing] = [values.filter(Boolean).length, same.filter((each) => !each).length];
    expect(differing / within).toBeGreaterThan(0.7);
    expect(differing / same.length).toBeGreaterThan(0.03);
  }
});

test('the animal is where the picture is not the background, but for its shadow', () => {
  for (const key of keys) {
    const { raster, animal } = setScene(key, palette, size);
    const same = compare(drawPicture(key, palette, size).data, raster.data);
    const mask = Array.from(drawMasks(key, palette, size).animal?.values ?? []);
    expect(mask.some((value, pixel) => value === 255 && same[pixel])).toBe(false);
    const beside = mask.filter((value, pixel) => value === 0 && !same[pixel]).length;
    if (animal.pose === 'portrait') expect(beside).toBe(0);
    else expect(beside).toBeGreaterThan(20);
  }
});

test('head and tail are parts of the animal that do not overlap; a portrait shows no tail', () => {
  const tails = keys.map((key) => {
    const { animal, head, tail } = drawMasks(key, palette, size);
    const at = (mask: typeof head, pixel: number) => mask?.values[pixel] as number;
    expect(head?.values.every((value, pixel) => value <= at(animal, pixel) && value + at(tail, pixel) <= 256)).toBe(
      true,
    );
    expect(head?.values.filter((value) => value === 255).length).toBeGreaterThan(0.04 * size ** 2);
    return tail?.values.some((value) => value > 128);
  });
  expect(tails).toEqual(keys.map((key) => setScene(key, palette, size).animal.pose !== 'portrait'));
});

test('the head reaches as far as it does in the picture: up to its ears, without the body', () => {
  const key: PictureKey = { seed: 1, split: 'test', className: 'cats', index: 0 };
  const { animal, head } = drawMasks(key, palette, size);
  const rows = (mask = animal) => {
    const pixels = [...(mask?.values ?? [])].flatMap((value, pixel) => (value > 128 ? pixel : []));
    return [pixels[0], pixels.at(-1)].map((pixel) => Math.floor((pixel as number) / (mask?.width as number)));
  };
  expect(rows(head)[0]).toBe(rows()[0]);
  expect(rows(head)[1]).toBeLessThan((rows()[1] as number) - 20);
});

test('a rabbit has masks, and no twin', () => {
  const key: PictureKey = { seed: 1, split: 'test', className: 'rabbits', index: 0 };
  expect(Object.keys(drawMasks(key, palette, size))).toEqual(['animal', 'head', 'tail']);
  expect(drawTwin(key, palette, size)).toBeUndefined();
});
