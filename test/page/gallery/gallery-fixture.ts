import { EvidenceAverager } from '../../../src/page/gallery/average-evidence.js';
import { encodeMap } from '../../../src/page/gallery/encode-map.js';
import type { GallerySummary } from '../../../src/page/gallery/gallery-summary.js';

/** A gray picture of 3 x 2 pixels. */
const thumbnail = {
  width: 3,
  height: 2,
  bytes: Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAACAAMBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
    'base64',
  ),
};

/** Predicted class, its probability, the folder's class, the map of 2 x 2 cells. */
type Row = [predicted: number, probability: number, truth: number | undefined, ...map: number[]];

const rows: Row[] = [
  [0, 0.9, 0, 0, 1, 4, 0],
  [0, 0.8, 0, 2, 1, 0, 0],
  [1, 0.95, 0, -1, 0, -4, 0],
  [0, 0.7, 1, 0, 1, 4, 0],
  [0, 0.55, 1, 0, 0, 4, 1],
  [0, 0.99, 1, 0, 0, 8, 1],
  [1, 0.6, 1, 0, 0, 0, -3],
  [0, 0.65, undefined, 3, 0, 1, 0],
];

/** Eight images of two classes: 3 right, 4 wrong, 1 of a folder that says nothing; the first and the third in full. */
export function makeGallery(count = rows.length): GallerySummary {
  const averagers = [0, 1].map(() => new EvidenceAverager({ width: 2, height: 2 }));
  const entries = Array.from({ length: count }, (_, at) => {
    const [predicted, probability, truth, ...map] = rows[at % rows.length] as Row;
    const values = Float32Array.from(map);
    averagers[predicted]?.add(values);
    averagers[1 - predicted]?.add(values.map((value) => -value));
    const encoded = encodeMap({ width: 2, height: 2, values }, 0);
    const full = [1, undefined, 2][at];
    const data = {
      name: `<i>${at}.jpg`,
      predicted,
      probabilities: [
        [predicted, probability],
        [1 - predicted, Number((1 - probability).toFixed(3))],
      ] as const,
      neighbors: [(at + 1) % count, (at + 2) % count],
      ...(truth !== undefined && { truth }),
      ...(encoded && { map: encoded }),
      ...(full !== undefined && { full }),
    };
    return { data, thumbnail };
  });
  const classNames = ['cats <b>', 'dogs'];
  const cells = { rows: [0.25, 0.75], columns: [0.25, 0.75] };
  return {
    classNames,
    entries,
    evidence: {
      layerName: 'max_pooling2d_4',
      shapes: [{ width: 2, height: 2, cells }],
      hasOneScore: true,
      leftOutCount: 0,
      averages: averagers.map((averager, index) => averager.describe(classNames[index] as string)),
    },
  };
}
