import fs from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import { writeNewFolder } from '../../disk/files.js';
import { readBytes } from '../../disk/read-file.js';
import { stageFolder } from '../../disk/staged-folder.js';
import { resolveOptions } from '../../options/resolve.js';
import { type AnimalClass, readSampleParameters, type SampleSplit } from '../../sample/parameters.js';
import type { WorkflowOptions } from '../shared/events.js';
import { drawFiles } from './draw-files.js';
import { SAMPLE_DATA_OPTIONS, type SampleDataOptions, type SampleSet } from './options.js';

export interface SampleDataResult {
  /** absolute path */
  dir: string;
  classNames: string[];
  /** images in each split, all classes together */
  imageCounts: Record<SampleSplit, number>;
  /** false: the same dataset already existed */
  drawn: boolean;
}

const { classNames: allClassNames } = readSampleParameters();

const marker = 'sample-set.json';
const splits = ['train', 'validation', 'test'] as const;

/**
 * Draws the sample dataset: DIR/<split>/<class>/<animal>.<number>.png, and under the same names DIR/masks/<part>/... and
 * DIR/twins/..., where these are asked for. The same options give the same files. The folder appears only when it is complete.
 *
 * @throws CnnvizError BAD_ARGUMENT, NOT_WRITABLE (DIR exists and contains something else), DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { sampleData } from 'cnnviz';
 *
 * await sampleData({ dir: 'sample', train: 100 });
 * ```
 */
export async function sampleData(options: SampleDataOptions): Promise<SampleDataResult> {
  const settings = readSettings(options);
  const dir = resolve(options.dir);
  const classNames = allClassNames.slice(0, settings.classes);
  const imageCounts = {
    train: settings.train * classNames.length,
    validation: settings.validation * classNames.length,
    test: settings.test * classNames.length,
  };
  const description = `${JSON.stringify({ ...settings, classNames }, null, 2)}\n`;
  if (await holdsSet(dir, description)) return { dir, classNames, imageCounts, drawn: false };

  const folder = await stageFolder(dir, { replaces: false });
  try {
    await drawSplits(folder.path, classNames, settings, options);
    await folder.write(marker, description);
    await folder.commit().catch(async (error: unknown) => {
      // Another process may have been faster to draw the same set.
      if (!(await holdsSet(dir, description))) throw error;
    });
  } finally {
    await folder.discard();
  }
  return { dir, classNames, imageCounts, drawn: true };
}

/** In the order of the marker file, which says nothing of what is not drawn. */
function readSettings(options: SampleDataOptions): SampleSet {
  const resolved = resolveOptions(SAMPLE_DATA_OPTIONS, options);
  const { classes, seed, imageSize, train, validation, test, masks, twins } = resolved;
  if (twins && classes > 2) {
    throw new CnnvizError('BAD_ARGUMENT', 'twins: only cats and dogs have twins', {
      options: ['twins', 'classes'],
      hint: 'Leave rabbits out.',
    });
  }
  return { classes, seed, imageSize, train, validation, test, ...(masks && { masks }), ...(twins && { twins }) };
}

/** Whether the folder contains exactly this dataset. Throws if it contains anything else. */
async function holdsSet(dir: string, description: string): Promise<boolean> {
  const names = await fs.readdir(dir).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new CnnvizError('NOT_WRITABLE', `${dir}: expected a folder or nothing (${error.code})`, { cause: error });
  });
  if (names.length === 0) return false;
  if (names.includes(marker) && (await readBytes(join(dir, marker))).toString() === description) return true;
  throw new CnnvizError('NOT_WRITABLE', `${dir}: this folder already contains something else`, {
    hint: 'Choose a folder that does not exist, or remove this one.',
  });
}

async function drawSplits(
  dir: string,
  classNames: readonly AnimalClass[],
  settings: SampleSet,
  { onEvent, signal }: WorkflowOptions,
): Promise<void> {
  const total = (settings.train + settings.validation + settings.test) * classNames.length;
  let drawn = 0;
  for (const split of splits) {
    if (settings[split] === 0) continue;
    for (const className of classNames) {
      const folders = new Map<string, Record<string, Uint8Array>>();
      for (let index = 0; index < settings[split]; index++) {
        if (signal?.aborted) throw new CnnvizError('ABORTED', 'interrupted; nothing was written');
        const name = `${className.slice(0, -1)}.${index}.png`;
        for (const [kind, file] of drawFiles({ seed: settings.seed, split, className, index }, settings)) {
          const files = folders.get(kind) ?? {};
          folders.set(kind, Object.assign(files, { [name]: file }));
        }
        onEvent?.({ type: 'picture-drawn', drawn: ++drawn, total });
        // Signals are heard between pictures.
        await setImmediate();
      }
      for (const [kind, files] of folders) await writeNewFolder(join(dir, kind, split, className), files);
    }
  }
}
