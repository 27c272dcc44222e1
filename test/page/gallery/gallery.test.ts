import { expect, it } from 'vitest';
import { renderAverages } from '../../../src/page/gallery/averages.js';
import { renderConfusions } from '../../../src/page/gallery/confusions.js';
import { countConfusions } from '../../../src/page/gallery/count-confusions.js';
import { renderGallery } from '../../../src/page/gallery/gallery.js';
import type { GalleryData } from '../../../src/page/gallery/gallery-data.js';
import type { GalleryEvidence } from '../../../src/page/gallery/gallery-summary.js';
import { makeGallery } from './gallery-fixture.js';

const gallery = makeGallery();
const markup = renderGallery(gallery).text;

const cells = (text = markup) =>
  [...text.matchAll(/<td class="(\w+) shade-(\d)">(?:<a href="([^"]*)"[^>]*>|<span>)(\d+)/g)].map(
    ([, kind, shade, address, count]) => [kind, Number(shade), address, Number(count)],
  );

it('counts which class was taken for which, images without a class apart', () => {
  const entries = gallery.entries.map(({ data }) => data);
  expect(countConfusions(entries, 2)).toEqual([
    [2, 1],
    [3, 1],
  ]);
});

it('leads from each number of the confusion matrix to its images', () => {
  expect(cells()).toEqual([
    ['right', 4, '#all/0-0', 2],
    ['wrong', 2, '#all/0-1', 1],
    ['wrong', 4, '#all/1-0', 3],
    ['right', 2, '#all/1-1', 1],
  ]);
});

it('of a page of mistakes shows all that were evaluated, and leads to what the page has', () => {
  const entries = gallery.entries.filter(({ data }) => data.truth !== undefined && data.truth !== data.predicted);
  const evaluated = {
    imageCount: 100,
    split: 'test',
    confusionMatrix: [
      [48, 1],
      [3, 48],
    ],
  };
  const text = renderGallery({ ...gallery, entries, evaluated }).text;
  expect(cells(text).map(([, , address, count]) => [address, count])).toEqual([
    [undefined, 48],
    ['#all/0-1', 1],
    ['#all/1-0', 3],
    [undefined, 48],
  ]);
  expect(text).toContain('The mistakes alone: 4 of 100 test images.');
});

it('has no matrix where no folder is named like a class, and of many classes the most frequent mistakes', () => {
  const unnamed = gallery.entries.map(({ data: { truth: _, ...data }, thumbnail }) => ({ data, thumbnail }));
  expect(renderConfusions({ ...gallery, entries: unnamed })).toBeUndefined();
  const classNames = Array.from({ length: 30 }, (_, index) => `class ${index}`);
  const list = renderConfusions({ ...gallery, classNames })?.text;
  expect(
    [...(list ?? '').matchAll(/<a href="([^"]*)"[^>]*>(\d)/g)].map(([, address, count]) => [address, count]),
  ).toEqual([
    ['#all/1-0', '3'],
    ['#all/0-1', '1'],
  ]);
});

it('says where the strongest evidence lies in how many images, and draws that', () => {
  const { text: many = '' } = renderAverages(makeGallery(40)) ?? {};
  expect(many).toContain('35 of 40 images have their strongest evidence for cats &lt;b&gt; in the left column.');
  expect(markup).toContain('None of 8 images has evidence for dogs.');
  const svg = /<svg class="average"[\s\S]*?<\/svg>/.exec(markup)?.[0] ?? '';
  expect(svg.match(/<rect/g)).toHaveLength(4);
  expect([...svg.matchAll(/<text [^>]*>(\d+)</g)].map(([, count]) => Number(count))).toEqual([2, 5, 1]);
});

it('says which images an average is of, and which it leaves out', () => {
  expect(markup).toContain('The network has one score: what speaks for one class speaks against the other');
  expect(markup).toContain('cats &lt;b&gt;, over all images');
  const evidence = { ...(makeGallery(40).evidence as GalleryEvidence), hasOneScore: false, leftOutCount: 3 };
  const { text = '' } = renderAverages({ evidence }) ?? {};
  expect(text).not.toContain('one score');
  expect(text).toContain('Left out: 3 images');
  expect(text).toContain('cats &lt;b&gt;, where it was predicted');
  expect(text).toContain('35 of 40 images predicted as cats &lt;b&gt; have their strongest evidence');
});

it('says of a few images that they are too few to say where the evidence lies', () => {
  expect(markup).toContain('8 images: too few to say where the evidence mostly lies.');
  expect(markup).not.toContain('their strongest evidence for cats');
  expect(renderAverages(makeGallery(19))?.text).toContain('19 images: too few');
  expect(renderAverages(makeGallery(20))?.text).not.toContain('too few');
});

it('draws a conclusion from a place only where chance does not explain it', () => {
  const conclusion = 'That is more than chance explains';
  expect(markup).not.toContain(conclusion); // 7 of 8
  const many = makeGallery(40); // 35 of 40
  expect(renderAverages(many)?.text.split(conclusion)).toHaveLength(2);
});

it('shows every image without a script, with what is right and wrong', () => {
  const list = /<noscript class="entries">([\s\S]*?)<\/noscript>/.exec(markup)?.[1] ?? '';
  expect(list.match(/<img src="data:image\/jpeg;base64,[\w+/=]+" width="\d+" height="\d+" alt="">/g)).toHaveLength(8);
  expect(list).toContain('<a href="#image-1"><bdi>&lt;i&gt;0.jpg</bdi></a> <span>cats &lt;b&gt;, 90.0 %, right</span>');
  expect(list).toContain('WRONG: the folder says dogs');
});

it('holds the numbers of each image, on one scale', () => {
  const json = /class="gallery-data">([^<]*)</.exec(markup)?.[1] ?? '';
  const data = JSON.parse(json) as GalleryData;
  expect(data).toMatchObject({ classNames: ['cats <b>', 'dogs'], limit: 8, shapes: [{ width: 2, height: 2 }] });
  expect(data.entries.map(({ full }) => full)).toEqual([1, undefined, 2, ...new Array(5).fill(undefined)]);
});
