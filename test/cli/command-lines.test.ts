// The command lines that people type, and what each is answered: its exit code and the decisive words. In one process;
// test/cli/process.test.ts has what needs one of its own.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sampleData } from '../../src/commands/sample-data/index.js';
import { makeWorkspace, type Workspace } from '../commands/workspace.js';
import { runCommandLine } from '../helpers/run-command-line.js';

let workspace: Workspace;
const own = process.cwd();

// whichever line is first reads the modules of its command
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

beforeAll(async () => {
  workspace = await makeWorkspace();
  await sampleData({ dir: join(workspace.folder, 'pets'), train: 2, validation: 1, test: 0, imageSize: 32 });
  const inFolder = (name: string) => join(workspace.folder, name);
  mkdirSync(inFolder('emptydir'));
  mkdirSync(inFolder('badmodel'));
  writeFileSync(inFolder('badmodel/model.json'), '{"modelTopology":');
  writeFileSync(inFolder('empty.png'), '');
  for (const split of ['train', 'validation', 'test']) {
    for (const name of ['cats', 'dogs', 'rabbits']) {
      mkdirSync(inFolder(`three/${split}/${name}`), { recursive: true });
      copyFileSync(inFolder('red.png'), inFolder(`three/${split}/${name}/1.png`));
    }
  }
});

beforeAll(() => {
  process.chdir(workspace.folder);
  vi.stubEnv('CNNVIZ_BACKEND', 'cpu');
});

afterAll(() => {
  vi.unstubAllEnvs();
  process.chdir(own);
  workspace.remove();
});

/** What run.json alone can refuse, before TensorFlow is loaded. */
function isKnownFromRecord(line: string): boolean {
  return /--(layers? |channels 500|class (cat|bird|2)$)/.test(line) && !line.includes('--quiet');
}

const small = '--image-size 12 --filters 2 --dense 2 --epochs 1 --out trained --quiet';

it.each<[line: string, exitCode: number, words: string]>([
  ['', 2, 'Usage: cnnviz'],
  ['foo', 2, "unknown command 'foo'"],
  ['trian', 2, '(Did you mean train?)'],
  ['help trian', 2, '(Did you mean train?)'],
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
  ['train --data pets --filters 32,a', 2, '--filters: expected whole numbers such as 32,64, received "32,a"'],
  ['train --data pets --out red.png', 1, 'red.png: a file is in the way of a folder'],
  ['train --data pets --out red.png/new', 1, 'red.png/new: a file is in the way of a folder'],
  ['train --resume nosuch', 1, 'nosuch: no such run folder or model file. Runs here: runs/first.'],
  ['train --resume frist', 1, 'Did you mean runs/first?'],
  ['train --resume runs/first/epoch-0003', 1, 'found a part of one. Name the run itself, runs/first.'],
  ['kernels --model nosuch', 1, 'Runs here: runs/first.'],
  ['kernels --model runs/frist', 1, 'Did you mean runs/first?'],
  ['kernels --model badmodel', 1, 'it is not valid JSON'],
  ['activations nosuch.jpg', 1, 'nosuch.jpg: the file does not exist. There are '],
  ['activations nosuch.jpg', 1, ' images in this folder, such as blue.png.'],
  ['activations runs/nosuch.jpg', 1, 'There are no images in runs.'],
  ['activations pets/train/cats/nosuch.jpg', 1, 'in pets/train/cats'],
  ['activations none/nosuch.jpg', 1, 'There is no folder none either.'],
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
  ['predict broken.png', 1, 'broken.png: it is not an image in a supported format'],
  ['predict empty.png', 1, 'empty.png: the file is empty'],
  ['predict', 2, "missing required argument 'images': image files, or folders or .tar archives of them"],
  ['predict red.png -m runs/first/epoch-0003', 0, 'runs/first/epoch-0003 is part of first: using its classes'],
  ['explain red.png -m runs/first/epoch-0003 --class dogs --quiet', 0, ''],
  ['explain red.png --method Grad-CAM --quiet', 0, ''],
  [
    'explain red.png --method lime',
    2,
    '--method: expected one of gradcam, gradcam++, hirescam, layercam, eigencam, scorecam, ablationcam, saliency, input-x-gradient, smoothgrad, integrated-gradients, guided, occlusion, rise, all, auto, received "lime"',
  ],
  ['kernels --model emptydir', 1, 'it is a folder without a network in it; it holds nothing'],
  ['evaluate --data pets/train/cats', 1, 'at least two classes are needed'],
  ['kernels -m runs/first -o drawn --quiet', 0, ''],
  ['evaluate', 2, 'say which images to evaluate on: cnnviz evaluate DIR'],
  ['evaluate -d nosuch', 1, 'nosuch'],
  ['evaluate nosuch', 1, 'nosuch does not exist'],
  ['evaluate three', 0, 'not used, since the network has no such class: rabbits (1)'],
  ['channels three --out measured', 0, 'not used, since the network has no such class: rabbits (1)'],
  ['setup --from nosuch.whl', 1, 'nosuch.whl: no such file'],
  ['augment red.png --rotation-range 400', 0, 'a rotation range of 400 degrees is a full turn and more'],
  ['completion', 2, "missing required argument 'shell': bash, zsh, fish, powershell"],
  ['completion bash', 0, ''],
  ['activations red.png --layers conv9', 1, '--layers: the network has no layer "conv9". Its layers are: conv2d_1'],
  ['activations red.png --layers conv2d1', 1, 'Did you mean conv2d_1?'],
  ['activations red.png --layers 99', 1, '--layers: asked for the first 99, but the network has 7'],
  ['activations red.png --channels 500', 1, '--channels: conv2d_1 has channels 0 to 3, there is no channel 500'],
  ['evaluate three --explain --shard 1/2', 2, '--explain: not supported by --shard; explain the images in one pass'],
  ['predict red.png --unlike --shard 1/2', 2, '--unlike: not supported by --shard; compare the images in one pass'],
  ['explain --benchmark three --unlike', 2, '--unlike: not with --benchmark'],
  ['explain red.png --class 2', 1, '--class: the network has no class "2". Its classes are: cats, dogs; or 0 to 1.'],
  ['explain red.png --layer dense_1', 1, '--layer: dense_1 has no height and width. Layers that can be used: conv2d_1'],
  ['explain red.png --layer conv2d2', 1, 'Did you mean conv2d_2?'],
  ['explain red.png --class cat', 1, '--class: the network has no class "cat". Did you mean cats?'],
  ['explain red.png --class bird', 1, 'Its classes are: cats, dogs; or 0 to 1.'],
  // last: from here on it is the latest run
  [`train ./pets ${small}`, 0, ''],
])('cnnviz %s: exits %d with "%s"', async (line, exitCode, words) => {
  const result = await runCommandLine(line === '' ? [] : line.split(' '));
  expect(result.stderr).toContain(words);
  if (isKnownFromRecord(line)) expect(result.stderr).not.toContain('Backend');
  expect(result.stderr).not.toMatch(/internal error|\n\s+at /);
  expect(result.exitCode, result.stderr).toBe(exitCode);
});
