import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildReport } from '../../src/channels/build-report.js';
import { ShardMerger } from '../../src/channels/merge-shards.js';
import { type ChannelShard, decodeShard, encodeShard, startShard } from '../../src/channels/shard.js';
import { type DrawnImage, relu, tallyImages } from './channel-fixture.js';

const images: DrawnImage[] = [1, 0, 3, 2, 7].map((value, index) => ({
  classIndex: index % 2,
  channels: [[value, value / 2, 0.1, 0.2]],
}));

function makeShard(index: number, count: number, change: Partial<ChannelShard> = {}): ChannelShard {
  const isOurs = (image: number) => image % count === index - 1;
  const own = images.filter((_, image) => isOurs(image));
  return {
    ...startShard({
      versions: { cnnviz: '0.1.0', node: '20.19.0' },
      backend: { name: 'cpu', version: '4.22.0', threads: 1 },
      model: { path: '/runs/one', identity: 'a'.repeat(64) },
      preprocessing: { height: 2 },
      data: { path: '/pets', split: null, fileCount: 5, identity: 'b'.repeat(64) },
      classNames: ['cats', 'dogs'],
      badImageCount: index,
      shard: { index, count },
      imageCounts: [0, 1].map((classIndex) => own.filter((image) => image.classIndex === classIndex).length),
      layers: [{ layer: relu, tally: tallyImages(images, 2, isOurs) }],
      paths: Object.fromEntries(images.map((_, image) => [image, `pet-${image}.jpg`])),
    }),
    ...change,
  };
}

function merge(...shards: ChannelShard[]) {
  const merger = new ShardMerger();
  shards.forEach((shard, at) => {
    merger.add({ path: `${'abc'[at]}.shard`, shard });
  });
  return merger.finish();
}

test('a shard comes out of its file as it went in', () => {
  const shard = makeShard(2, 3);
  expect(decodeShard(encodeShard(shard), 'a.shard')).toEqual(shard);
});

test('three shards make the report of one pass', () => {
  const report = buildReport(merge(makeShard(3, 3), makeShard(1, 3), makeShard(2, 3)));
  const whole = buildReport(makeShard(1, 1, { badImageCount: 6 }));
  expect(report).toEqual(whole);
  expect(report).toMatchObject({
    data: { imageCount: 5, badImageCount: 6 },
    classes: [
      { className: 'cats', imageCount: 3 },
      { className: 'dogs', imageCount: 2 },
    ],
  });
  expect(report.layers[0]?.channels[0]?.strongestImage?.path).toBe('pet-4.jpg');
});

test.each<[string, Partial<ChannelShard>, RegExp]>([
  [
    'another network',
    { model: { path: '/x', identity: 'c'.repeat(64) } },
    /^b\.shard: expected the network and its weights of a\.shard: aaaaaaaaaaaa\.\.\., found cccccccccccc\.\.\./,
  ],
  ['other classes', { classNames: ['cats', 'mice'] }, /expected the classes of a\.shard: cats, dogs, found cats, mice/],
  [
    'another number of images',
    { data: { path: '/pets', split: null, fileCount: 6, identity: 'b' } },
    /expected the number of images in the folder of a\.shard: 5, found 6/,
  ],
  ['other images', { data: { path: '/pets', split: null, fileCount: 5, identity: 'b' } }, /list of images/],
  ['another input', { preprocessing: { height: 3 } }, /the preprocessing of a\.shard/],
  [
    'an input described by a page of text',
    { preprocessing: { height: 2, note: 'x'.repeat(5000) } },
    /expected the preprocessing of a\.shard: .{1,200}, found .{200}\.\.\.$/,
  ],
  ['other layers', { layers: [] }, /the layers/],
  ['another division', { shard: { index: 2, count: 4 } }, /expected the number of shards of a\.shard: 3, found 4/],
])('shards of %s do not add up', (_, change, message) => {
  expect(() => merge(makeShard(1, 3), makeShard(2, 3, change))).toThrow(message);
});

test('shards that different backends counted add up, and the verdict says so', () => {
  const backend = { name: 'wasm', version: '4.22.0', threads: 1 };
  const report = buildReport(merge(makeShard(1, 3), makeShard(2, 3, { backend }), makeShard(3, 3, { backend })));
  expect(report.verdict.at(-1)).toBe(
    'Its shards were computed on cpu and wasm, which round differently: the last digits differ from those of a single pass.',
  );
  expect(report.layers).toEqual(buildReport(makeShard(1, 1)).layers);
});

test('a shard that is missing or there twice is named', () => {
  expect(() => merge(makeShard(1, 3), makeShard(3, 3))).toThrow('shards: 1 of 3 are missing: 2');
  expect(() => merge(makeShard(1, 3), makeShard(2, 3), makeShard(1, 3))).toThrow(
    'c.shard: shard 1/3 is a duplicate, it is also in a.shard',
  );
});

test('arrays that the file does not hold are refused', () => {
  const [line = ''] = gunzipSync(encodeShard(makeShard(1, 1)))
    .toString('latin1')
    .split('\n');
  for (const text of [
    line,
    line.replace(/"length":\d+/, '"length":9e15'),
    line.replace(/"length":\d+/, '"length":-1'),
  ]) {
    expect(() => decodeShard(gzipSync(`${text}\n`), 'cut.shard')).toThrow(/^cut\.shard: .*tallies/);
  }
});

test('what is no shard of this version is refused', () => {
  const newer = gzipSync(JSON.stringify({ format: 'cnnviz-channels-shard', formatVersion: 3 }));
  expect(() => decodeShard(newer, 'new.shard')).toThrow(
    /^new\.shard: expected .*version 2 or below, found version 3: update cnnviz/,
  );
  for (const bytes of [gzipSync('[]'), gzipSync('{'), gzipSync('{"format":"x"}'), Buffer.from('text')]) {
    expect(() => decodeShard(bytes, 'x.shard')).toThrow(/found another file/);
  }
});
