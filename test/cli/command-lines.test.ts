// The command lines that people type, and what each is answered: its exit code and the decisive words.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleData } from '../../src/commands/sample-data/index.js';
import { makeWorkspace, type Workspace } from '../commands/workspace.js';
import { runProgram } from './run-program.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await sampleData({ dir: join(workspace.folder, 'pets'), train: 2, validation: 1, test: 0, imageSize: 32 });
  mkdirSync(join(workspace.folder, 'emptydir'));
});

afterAll(() => workspace.remove());

const small = '--image-size 12 --filters 2 --dense 2 --epochs 1 --out trained --quiet';

it.each<[line: string, exitCode: number, words: string]>([
  ['', 2, 'Usage: cnnviz'],
  ['foo', 2, "unknown command 'foo'"],
  ['trian', 2, '(Did you mean train?)'],
  ['train', 2, 'say what to train on: cnnviz train DIR'],
  ['train pets --data pets', 2, '--data: given twice, as pets and as pets'],
  ['train a b', 2, "too many arguments for 'train'"],
  ['train --data nosuch', 1, 'nosuch does not exist. Name a folder'],
  ['train --data emptydir', 1, 'emptydir'],
  ['train --data pets/train/cats', 1, 'at least two classes are needed'],
  ['train --data pets --epochs 0', 2, '--epochs: expected a whole number of at least 1, received 0'],
  ['train --data pets --epochs ten', 2, '--epochs: expected a whole number of at least 1, received "ten"'],
  ['train --data pets --epoch 3', 2, '(Did you mean --epochs?)'],
  [
    'train --data pets --optimizer adamax',
    2,
    '--optimizer: expected one of rmsprop, adam, adamw, sgd, received "adamax"',
  ],
  ['train --data pets --optimizer adamm', 2, 'Did you mean adam?'],
  ['train --data pets --recipe fancy', 2, '--recipe: expected one of article, augmented, best'],
  ['train --data pets --image-size 10', 2, '--image-size'],
  ['train --data pets --filters 32,a', 2, '--filters: expected a list of numbers, received "32,a"'],
  ['train --resume nosuch', 1, 'nosuch: no such run folder'],
  ['activations nosuch.jpg', 1, 'nosuch.jpg: the file does not exist'],
  ['activations RED.PNG', 1, 'Did you mean red.png?'],
  ['activations red.png --layer 8', 2, '(Did you mean --layers?)'],
  ['activations red.png --colormap jet', 2, '--colormap: expected one of'],
  [
    'activations red.png --channels 6-x',
    2,
    '--channels: expected channel numbers such as 6,15 or 6-15, received "6-x"',
  ],
  ['activations red.png --channels 3-1', 2, '--channels: expected channel numbers'],
  ['activations red.png --layers conv2d_1 --channels 0-2,3 --quiet', 0, ''],
  ['activations red.png blue.png --layers conv2d_1 conv2d_2', 1, 'conv2d_2 is a layer: --layers conv2d_1,conv2d_2'],
  ['activations --layers conv2d_1 conv2d_2', 1, 'conv2d_2 is a layer: --layers conv2d_1,conv2d_2'],
  ['activations red.png --class dogs', 2, '--top: expected a count together with --class, received nothing'],
  ['activations red.png --class dogs --top 2 --quiet', 0, ''],
  [
    'activations red.png --class dogs --top 2 --by max',
    2,
    '--by: expected "contribution" or "support" together with --class',
  ],
  ['predict https://example.org/cat.jpg', 1, 'cnnviz reads files, not addresses. Download the image first.'],
  ['predict im?.png', 1, 'No file matches; without quotes your shell fills in the names.'],
  ['predict red.png nosuch.png blue.png', 1, 'nosuch.png: the file does not exist'],
  ['predict red.png broken.png blue.png', 0, 'skipped broken.png'],
  ['predict broken.png', 1, 'broken.png'],
  ['explain red.png --method Grad-CAM --quiet', 0, ''],
  ['explain red.png --method lime', 2, '--method: expected one of gradcam, hirescam, received "lime"'],
  ['kernels --model emptydir', 1, 'expected a folder with run.json or model.json'],
  ['evaluate --data pets/train/cats', 1, 'at least two classes are needed'],
  ['kernels -m runs/first -o drawn --quiet', 0, ''],
  ['evaluate -d nosuch', 1, 'nosuch'],
  ['activations red.png --layers conv9', 1, '--layers: the network has no layer "conv9". Its layers are: conv2d_1'],
  ['activations red.png --layers conv2d1', 1, 'Did you mean conv2d_1?'],
  ['explain red.png --class cat', 1, '--class: the network has no class "cat". Did you mean cats?'],
  ['explain red.png --class bird', 1, 'Its classes are: cats, dogs; or 0 to 1.'],
  // last: from here on it is the latest run
  [`train ./pets ${small}`, 0, ''],
])('cnnviz %s: exits %d with "%s"', async (line, exitCode, words) => {
  const result = await runProgram(line === '' ? [] : line.split(' '), {
    cwd: workspace.folder,
    env: { CNNVIZ_BACKEND: 'cpu' },
  });
  expect(result.stderr).toContain(words);
  if (/--(layers conv(9|2d1)|class (cat|bird))$/.test(line)) expect(result.stderr).not.toContain('Backend');
  expect(result.stderr).not.toMatch(/internal error|\n\s+at /);
  expect(result.exitCode, result.stderr).toBe(exitCode);
});
