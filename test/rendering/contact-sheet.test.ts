import { test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { renderContactSheet } from '../../src/rendering/contact-sheet.js';
import { expectGolden } from '../helpers/golden.js';

test('pictures keep their proportions, and long words lose their middle', () => {
  const sheet = renderContactSheet({
    title: 'The 5 worst of 17 mistakes',
    subtitle: '100 test images',
    entries: [
      { picture: createRaster(240, 160, [200, 120, 40]), lines: ['dogs 0.9987, not cats', 'cats 0.0013', 'cat.1.jpg'] },
      {
        picture: createRaster(120, 240, [40, 120, 200]),
        lines: ['dogs 0.9', 'cats 0.1', 'a-name-that-is-much-too-long.jpg'],
      },
      { picture: createRaster(240, 240, [0, 0, 0]), lines: ['dogs 0.8'] },
      { picture: createRaster(1, 1, [0, 0, 0]), lines: [] },
      { picture: createRaster(100, 100, [40, 200, 120]), lines: ['dogs 0.51', 'cats 0.49', 'c.jpg'] },
    ],
  });
  expectGolden('contact-sheet', sheet);
});

test('names in Latin, Vietnamese, Cyrillic and Greek are written out; what the font lacks is replaced', () => {
  const picture = createRaster(240, 60, [90, 90, 160]);
  const names = ['Kätzchen', 'chó', 'кошка', 'ψάρι', '猫'];
  expectGolden(
    'contact-sheet-scripts',
    renderContactSheet({
      title: 'The 5 worst of 9 mistakes',
      subtitle: 'Tiếng Việt, Ελληνικά, Українська',
      cell: 150,
      entries: names.map((name) => ({
        picture: createRaster(150, 60, [90, 90, 160]),
        lines: [`${name} 0.9987`, `no ${name}`.normalize('NFD'), `${name.repeat(3)}-Größe.jpg`],
      })),
    }),
  );
  expectGolden(
    'contact-sheet-emoji',
    renderContactSheet({ title: '🐈 and 👩‍👩‍👧', subtitle: '猫と犬', entries: [{ picture, lines: ['🐕 0.7'] }] }),
  );
});

test('one picture makes a small sheet', () => {
  const picture = createRaster(240, 180, [90, 90, 160]);
  expectGolden(
    'contact-sheet-one',
    renderContactSheet({
      title: 'The only mistake',
      subtitle: '9 test images',
      entries: [{ picture, lines: ['dogs 0.7'] }],
    }),
  );
});
