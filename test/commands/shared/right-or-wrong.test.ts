import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activations } from '../../../src/commands/activations/index.js';
import { explain } from '../../../src/commands/explain/index.js';
import { report } from '../../../src/commands/report/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { runProgram } from '../../cli/run-program.js';
import { decodePng } from '../../helpers/decode-png.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

const folders = ['cats', 'dogs', 'elsewhere'] as const;

const at = (...names: string[]) => join(workspace.folder, ...names);

beforeAll(async () => {
  workspace = await makeWorkspace();
  for (const folder of folders) {
    mkdirSync(at('test', folder), { recursive: true });
    copyFileSync(at('red.png'), at('test', folder, 'red.png'));
  }
});

afterAll(() => workspace.remove());

/** The one image in three folders: the network takes it for the same class in all of them. */
const settings = () => ({ images: folders.map((folder) => at('test', folder, 'red.png')), backend: 'cpu' as const });

type Predicted = { className: string; trueClass?: string; correct?: boolean } | null;

function expectChecked(predictions: readonly Predicted[]): void {
  const [cats, dogs, elsewhere] = predictions;
  expect(cats).toMatchObject({ trueClass: 'cats', correct: cats?.className === 'cats' });
  expect(dogs).toMatchObject({ trueClass: 'dogs', correct: dogs?.className === 'dogs' });
  expect([cats?.correct, dogs?.correct].sort()).toEqual([false, true]);
  expect(Object.keys(elsewhere ?? {})).toEqual(['className', 'probability']);
}

describe.each([
  ['activations', activations, '01-conv2d_1.png'],
  ['explain', explain, 'hirescam.png'],
] as const)('%s', (name, command, picture) => {
  it('says right or wrong in events, results, manifests and the titles of pictures', async () => {
    const events: WorkflowEvent[] = [];
    const { images } = await command({
      ...settings(),
      model: at('runs/latest'),
      out: at(name),
      onEvent: (event) => events.push(event),
    });
    expectChecked(images.map(({ prediction }) => prediction));
    expectChecked(events.flatMap((event) => (event.type === 'prediction' ? [rest(event)] : [])));
    expectChecked(
      images.map(({ folder }) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).prediction),
    );
    // The same maps of the same image: what differs is what the title says.
    const pictures = images.map(({ folder }) => readFileSync(join(folder, picture)));
    expect(new Set(pictures.map((bytes) => bytes.toString('latin1'))).size).toBe(3);
    const [cats, dogs, elsewhere] = pictures.map((bytes) => decodePng(bytes));
    expect(Math.min(cats?.width ?? 0, dogs?.width ?? 0)).toBeGreaterThanOrEqual(elsewhere?.width ?? Number.NaN);
  });
});

function rest({ type: _, image: __, ...prediction }: Extract<WorkflowEvent, { type: 'prediction' }>): Predicted {
  return prediction;
}

it('report says it of each image, in the list of images too', async () => {
  const { images } = await report({ ...settings(), model: at('runs/latest'), out: at('report.html') });
  expectChecked(images.map(({ prediction }) => prediction));
  const page = readFileSync(at('report.html'), 'utf8');
  const wrongFolder = images.find(({ prediction }) => prediction?.correct === false)?.prediction?.trueClass;
  const list = [...page.matchAll(/<a href="#image-\d"><bdi>red.png<\/bdi><\/a> <span>([^<]*)<\/span>/g)];
  const said = list.map(([, text]) => text?.replace(/^.* %,? ?/, '')).sort();
  expect(said).toEqual(['', `WRONG: the folder says ${wrongFolder}`, 'right']);
  expect(page.match(/<p class="correctness">/g)).toHaveLength(2);
  expect(page).toContain(`<strong>Wrong:</strong> the folder says <bdi>${wrongFolder}</bdi>.`);
});

it('the terminal says it in the line of the prediction', async () => {
  const { stdout } = await runProgram(['explain', 'test/cats/red.png', 'test/dogs/red.png'], {
    cwd: workspace.folder,
    env: { CNNVIZ_BACKEND: 'cpu' },
  });
  const lines = stdout.split('\n').filter((line) => / (cats|dogs) 0\.\d+ /.test(line));
  const [, className] = / (cats|dogs) 0\.\d+ /.exec(lines[0] as string) ?? [];
  const [right, wrong] = className === 'cats' ? lines : lines.toReversed();
  expect(right).toMatch(/ right {2}-> /);
  expect(wrong).toMatch(/ WRONG: the folder says (cats|dogs) {2}-> /);
  expect(wrong).not.toContain(`says ${className}`);
});
