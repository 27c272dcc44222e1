import { expect, it } from 'vitest';
import { createTerminal } from '../../../src/cli/terminal.js';
import type { SharedEvent } from '../../../src/commands/shared/events.js';
import { createNarrator } from '../../../src/commands/terminal/narrator.js';
import { memoryStream } from '../../cli/memory-stream.js';

function narrate(events: SharedEvent[], options: { verbose?: boolean } = {}): { stdout: string; stderr: string } {
  const [stdout, stderr] = [memoryStream(), memoryStream()];
  const narrator = createNarrator(createTerminal(stdout, stderr, { NO_COLOR: '1' }), {} as never, options);
  for (const event of events) narrator.onEvent(event);
  narrator.finish();
  return { stdout: stdout.text(), stderr: stderr.text() };
}

/** What is reported of an image that the folder says is a cat. */
function reportImage(name: string, number: number, total: number, correlation: number): SharedEvent[] {
  const image = `pets/cats/${name}.jpg`;
  const about = { image, number, total };
  const explained = {
    className: 'cats',
    score: 1,
    probability: 0.731,
    method: 'hirescam',
    layer: 'conv2d_1',
    evidence: 'positive',
  } as const;
  return [
    { type: 'image-started', ...about },
    { type: 'input', image, inputShape: [1, 12, 12, 3] },
    { type: 'prediction', image, className: 'cats', probability: 0.731, trueClass: 'cats', correct: true },
    { type: 'explanation', image, ...explained },
    { type: 'caution', image, sentence: `Do not trust it (correlation ${correlation}).` },
    ...['a.png', 'b.png', 'c.png', 'manifest.json'].map((file): SharedEvent => {
      return { type: 'file-written', path: `out/${name}/${file}` };
    }),
    { type: 'image-ended', ...about },
  ];
}

it('gives each of several images a line, and says a caution once, with its count', () => {
  const bad: SharedEvent[] = [
    { type: 'image-started', image: 'pets/cats/3.jpg', number: 3, total: 3 },
    { type: 'bad-image', path: 'pets/cats/3.jpg', reason: 'it is empty' },
  ];
  const { stdout, stderr } = narrate([...reportImage('1', 1, 3, -0.15), ...reportImage('2', 2, 3, 0.2), ...bad]);
  expect(stdout).toBe(
    '1.jpg  cats 0.731  right  -> out/1/\n2.jpg  cats 0.731  right  -> out/2/\n2 of 3 images: Do not trust it.\n',
  );
  expect(stderr).toBe('warning: skipped pets/cats/3.jpg: it is empty\nSkipped 1 bad image.\n');
});

const details = [
  'pets/cats/1.jpg',
  '  input                 (1, 12, 12, 3)',
  '  prediction            cats, probability 0.7310, right',
  '  cats                  score 1, probability 0.7310',
  '                        Do not trust it (correlation 0.3).',
];

it('prints everything of a single image, and counts its files', () => {
  expect(narrate(reportImage('1', 1, 1, 0.3)).stdout).toBe(`${[...details, '  out/1/ (4 files)'].join('\n')}\n`);
});

it('prints everything of every image with --verbose, and names all files', () => {
  const { stdout } = narrate([...reportImage('1', 1, 2, 0.3), ...reportImage('2', 2, 2, 0.4)], { verbose: true });
  const files = ['a.png', 'b.png', 'c.png', 'manifest.json'].map((file) => `  out/1/${file}`);
  expect(stdout).toContain([...details, ...files, 'pets/cats/2.jpg'].join('\n'));
});

it('lists every class of a network of a few more than two', () => {
  const classes = [
    { className: 'rabbits', probability: 0.5 },
    { className: 'cats', probability: 0.3 },
    { className: 'dogs', probability: 0.2 },
  ];
  const report = (total: number): SharedEvent[] => [
    { type: 'image-started', image: 'a.jpg', number: 1, total },
    { type: 'input', image: 'a.jpg', inputShape: [1, 12, 12, 3] },
    { type: 'prediction', image: 'a.jpg', className: 'rabbits', probability: 0.5, classes },
    { type: 'image-ended', image: 'a.jpg', number: 1, total },
  ];
  expect(narrate(report(2)).stdout).toBe('a.jpg  rabbits 0.500, cats 0.300, dogs 0.200\n');
  expect(narrate(report(1)).stdout).toContain('  all classes           rabbits 0.5000, cats 0.3000, dogs 0.2000\n');
});

it('counts images, not the maps of one that get the same caution', () => {
  const events = ['1', '2'].flatMap((name, index) => {
    const own = reportImage(name, index + 1, 2, -0.2);
    const caution: SharedEvent = {
      type: 'caution',
      image: `pets/cats/${name}.jpg`,
      sentence: 'Do not trust it (correlation 0.1).',
    };
    return [...own.slice(0, -1), caution, ...own.slice(-1)];
  });
  expect(narrate(events).stdout).toContain('\n2 of 2 images: Do not trust it.\n');
});
