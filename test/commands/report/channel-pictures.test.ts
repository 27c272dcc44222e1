import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dream } from '../../../src/commands/dream/index.js';
import type { Dream } from '../../../src/commands/dream/result.js';
import { patches as drawPatches } from '../../../src/commands/patches/index.js';
import { report } from '../../../src/commands/report/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import type { PicturesData } from '../../../src/page/pictures-data.js';
import { makeWorkspace } from '../workspace.js';

interface Drawn {
  channel: number;
  /** the picture that shows it: of the channels that were asked for alone */
  sheet: string | null;
  patches: { value: number; tile: object | null }[];
}

let folder: string;
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  const workspace = await makeWorkspace();
  ({ folder } = workspace);
  const network = { model: at('runs/first'), backend: 'cpu' as const };
  const chosen = { layers: ['conv2d_2'], channels: [0, 1] };
  mkdirSync(at('photos'));
  for (const name of ['red.png', 'blue.png']) copyFileSync(at(name), at('photos', name));
  await drawPatches({ data: at('photos'), ...network, ...chosen });
  await dream({ data: at('photos'), out: at('runs/first/dreams'), steps: 2, ...network, ...chosen });
  return workspace.remove;
});

/** What the page of an image has, and what was warned of. */
async function callReport(): Promise<{ pictures: PicturesData; warnings: string[] }> {
  const warnings: string[] = [];
  const onEvent = (event: WorkflowEvent) => event.type === 'warning' && warnings.push(event.message);
  const { path } = await report({
    ...{ images: [at('red.png')], model: at('runs/first'), out: at('report.html'), backend: 'cpu', onEvent },
  });
  const [, data = ''] = /class="pictures-data">(.*?)<\/script>/.exec(readFileSync(path, 'utf8')) ?? [];
  return { pictures: JSON.parse(data), warnings };
}

/** Calls with other content of a file in the run. */
async function callWith(name: string, change: (text: string) => string): ReturnType<typeof callReport> {
  const path = at('runs/first', name);
  const before = readFileSync(path);
  writeFileSync(path, change(before.toString()));
  try {
    return await callReport();
  } finally {
    writeFileSync(path, before);
  }
}

test('a page shows the patches and dreams that the commands left in the run', async () => {
  const { pictures, warnings } = await callReport();
  expect(warnings).toEqual([]);
  const [layer] = JSON.parse(readFileSync(at('runs/first/patches/patches.json'), 'utf8')).layers;
  const drawn = layer.channels.filter(({ patches }: Drawn) => patches.some(({ tile }) => tile !== null));
  expect(drawn.length).toBeGreaterThan(0);
  expect(pictures.patches.map(({ channel, values }) => [channel, values])).toEqual(
    drawn.map((each: Drawn) => [each.channel, each.patches.map(({ value }) => value)]),
  );
  const { dreams } = JSON.parse(readFileSync(at('runs/first/dreams/manifest.json'), 'utf8'));
  expect(pictures.dreams.map(({ jpeg: _, ...about }) => about)).toEqual(
    dreams.map(({ index, reached, highest, exceeds, began }: Dream) => ({
      ...{ layer: 'conv2d_2', channel: index, reached: reached.mean, highest: highest?.mean, exceeds, began },
    })),
  );
});

test.each([
  ['patches', 'patches/patches.json', (text: string) => text.replaceAll('"tile"', '"place"')],
  ['dreams', 'dreams/manifest.json', () => '{}'],
] as const)('%s that cannot be read are a warning, and the page is without them', async (kind, name, change) => {
  const { pictures, warnings } = await callWith(name, change);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(`the page does not show the ${kind} of ${at('runs/first', kind)}: `);
  expect(pictures[kind]).toEqual([]);
  expect(pictures[kind === 'patches' ? 'dreams' : 'patches']).not.toEqual([]);
});

test('a patch outside of its sheet ends no report', async () => {
  const { pictures, warnings } = await callWith('patches/patches.json', (text) =>
    text.replace(/("tile":\s*{\s*"left":\s*)\d+/, '$199999'),
  );
  expect(warnings[0]).toContain('a patch lies outside of its sheet');
  expect(pictures.patches).toEqual([]);
});
