import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { CnnvizError } from '../../../src/base/errors.js';
import { announceFolder } from '../../../src/commands/shared/announce-data.js';
import type { DataEvent } from '../../../src/commands/shared/events.js';
import { describeEvent } from '../../../src/commands/terminal/describe-event.js';
import { scanImageFolder } from '../../../src/dataset/folder/scan.js';
import { temporaryFolder, writeEmptyFiles } from '../drawn-folder.js';
import { ARCHIVE_SHAPES } from './archive-shapes.js';

async function describeFolder(root: string): Promise<{ prints: string[]; counts: string[] }> {
  const events: DataEvent[] = [];
  const shorten = (text: string) => text.replaceAll(root, 'DIR').replaceAll(relative('', root), 'DIR');
  try {
    const folder = await scanImageFolder(root, { validationSplit: 0 });
    announceFolder(folder, ['train', 'validation', 'test'], (event) => events.push(event as DataEvent));
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    return { prints: [shorten(`refused: ${error.message}`)], counts: [] };
  }
  const lines = events.flatMap((event) => {
    return describeEvent(event).map(({ kind, text }) => ({
      event,
      text: `${kind === 'warning' ? 'warning: ' : ''}${text}`,
    }));
  });
  return {
    prints: lines.filter(({ event }) => event.type !== 'dataset').map(({ text }) => shorten(text)),
    counts: lines.filter(({ event }) => event.type === 'dataset').map(({ text }) => text),
  };
}

test.each(ARCHIVE_SHAPES)('$set', async ({ files, prints, counts = [] }) => {
  const root = await temporaryFolder();
  await writeEmptyFiles(root, files);
  expect(await describeFolder(root)).toEqual({ prints, counts });
});
