// Makes the pictures of docs/gallery.md: with a small network, from drawn cats and dogs alone, never from photos.
// Takes a minute or two. Look at them before you commit them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { capturePage } from './capture-page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const gallery = join(root, 'docs', 'images', 'gallery');
const [cat, dog] = ['data/test/cats/cat.1.png', 'data/test/dogs/dog.3.png'];
// Few filters make small pictures, few epochs leave mistakes to show.
const network = ['--image-size', '96', '--filters', '16,32,32,32', '--dense', '64'];
// In float32: the same pictures whatever the processor.
const training = '--optimizer adam --learning-rate 1e-3 --epochs 6 --seed 4 --precision float32'.split(' ');
const film = ['--probe', cat, '--keep-epochs', '2'];

/** Every command, and which of the pictures it writes go where. */
const steps = [
  [['sample-data', 'data']],
  [['train', '--data', 'data', '--out', 'run', ...network, ...training, ...film], { 'run/curves.png': 'curves' }],
  // First, so that the sentences below know on which images a channel fires.
  [
    ['channels', 'data', '--out', 'run/channels'],
    { 'run/channels/depth.png': 'depth', 'run/channels/05-conv2d_3-discriminative.png': 'discriminative' },
  ],
  [
    ['patches', 'data', '--out', 'patches', '--layers', 'conv2d_2,conv2d_4', '--top', '4'],
    { 'patches/03-conv2d_2-patches.png': 'patches-early', 'patches/07-conv2d_4-patches.png': 'patches' },
  ],
  [
    ['groups', 'data', '--split', 'test', '--out', 'groups', '--images', '2', '--groups', '2', '--count', '5'],
    { 'groups/07-conv2d_4-groups.png': 'groups' },
  ],
  [
    ['activations', cat, '--layers', 'all', '--out', 'maps', '--channels', '5'],
    {
      'maps/overview.png': 'overview',
      'maps/03-conv2d_2.png': 'grid',
      'maps/03-conv2d_2-channel-5.png': 'channel',
      'maps/10-dense_1.png': 'units',
    },
  ],
  [
    ['activations', cat, '--layers', 'conv2d_3,conv2d_4', '--out', 'top', '--top', '8', '--by', 'contribution'],
    { 'top/05-conv2d_3-top.png': 'top' },
  ],
  [
    ['activations', cat, dog, '--layers', 'conv2d_3', '--out', 'shared', '--scale', 'shared'],
    { 'shared/cat.1/05-conv2d_3.png': 'shared-cat', 'shared/dog.3/05-conv2d_3.png': 'shared-dog' },
  ],
  [
    ['activations', cat, '--layers', 'conv2d_3', '--out', 'fixed', '--scale', '0,1', '--colormap', 'magma'],
    { 'fixed/05-conv2d_3.png': 'fixed' },
  ],
  [['explain', dog, '--out', 'gradcam', '--method', 'gradcam'], { 'gradcam/gradcam.png': 'grad-cam' }],
  [['explain', dog, '--out', 'hirescam'], { 'hirescam/hirescam.png': 'hires-cam' }],
  [
    ['explain', dog, '--out', 'methods', '--method', 'all', '--layer', 'max_pooling2d_3'],
    { 'methods/methods.png': 'methods' },
  ],
  [
    ['kernels', '--out', 'kernels'],
    {
      'kernels/01-conv2d_1-kernels-color.png': 'kernels-color',
      'kernels/03-conv2d_2-kernels.png': 'kernels',
    },
  ],
  [
    [
      'dream',
      '--out',
      'dreams',
      '--steps',
      '128',
      '--class',
      'cats',
      '--class',
      'dogs',
      '--layers',
      'conv2d_4',
      '--channels',
      '0,4,7,13,17,19,25,31',
    ],
    { 'dreams/07-conv2d_4-dreams.png': 'dreams', 'dreams/classes-dreams.png': 'dreams-classes' },
  ],
  [['timelapse', 'run', '--layers', 'conv2d_3', '--out', 'film'], { 'film/05-conv2d_3-strip.png': 'film' }],
  [
    ['compare', cat, dog, '--layers', 'conv2d_3', '--count', '8', '--out', 'two-images'],
    { 'two-images/05-conv2d_3.png': 'comparison' },
  ],
  [
    ['compare', 'run@2', 'run', '--on', 'data', '--split', 'test', '--count', '8', '--out', 'two-epochs'],
    { 'two-epochs/cka.png': 'cka', 'two-epochs/differences.png': 'differences' },
  ],
  [
    ['augment', dog, '--out', 'augmented', '--image-size', '96', '--count', '7'],
    { 'augmented/augmented.png': 'augment' },
  ],
  [
    ['evaluate', '--data', 'data', '--split', 'test', '--out', 'evaluation', '--mistakes', '8', '--suspects', '4'],
    {
      'evaluation/confusion-matrix.png': 'confusion',
      'evaluation/roc.png': 'roc',
      'evaluation/reliability.png': 'reliability',
      'evaluation/mistakes.png': 'mistakes',
      'evaluation/suspects.png': 'suspects',
    },
  ],
  [
    ['report', 'data/test', '--full', '4', '--out', 'page.html'],
    { 'page/all.png': 'page-all', 'page/image.png': 'page-image', 'page/cell.png': 'page-cell' },
  ],
];
/** What of the page is shown. */
const places = {
  all: { address: '#all', height: 760 },
  image: { address: '#image-1', height: 900 },
  cell: { address: '#image-1/conv2d_2/5/20,20', height: 1000 },
};
/** The page itself, to be tried out; it is too large for the repository. */
const kept = join(root, 'demo', 'gallery-page.html');

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-gallery-'));
try {
  mkdirSync(gallery, { recursive: true });
  for (const name of readdirSync(gallery)) rmSync(join(gallery, name));
  for (const [args, pictures = {}] of steps) {
    const model =
      ['train', 'augment', 'sample-data', 'timelapse'].includes(args[0]) || args.includes('two-epochs')
        ? []
        : ['--model', 'run'];
    cnnviz([...args, ...model]);
    if (args[0] === 'report') {
      await capturePage(join(folder, 'page.html'), join(folder, 'page'), places);
      mkdirSync(dirname(kept), { recursive: true });
      copyFileSync(join(folder, 'page.html'), kept);
      console.log(`the page: ${kept}`);
    }
    for (const [from, name] of Object.entries(pictures)) await shrink(join(folder, from), join(gallery, `${name}.png`));
  }
} catch (error) {
  console.error(`gallery: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function cnnviz(args) {
  console.log(`$ cnnviz ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin', 'cnnviz.js'), ...args, '--quiet'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`cnnviz ${args[0]} ended with exit code ${status}`);
}

/** At most 900 pixels wide and of 256 colors: a gallery is looked at, and downloaded with every clone. */
async function shrink(from, to) {
  const picture = sharp(from).flatten({ background: 'white' });
  const { width } = await picture.metadata();
  if (width > 900) picture.resize({ width: 900 });
  await picture.png({ palette: true, compressionLevel: 9, effort: 10 }).toFile(to);
}
