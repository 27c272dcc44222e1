import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkReportFile } from '../../src/page/report-file.js';
import { renderHostilePage } from './hostile-report.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-report-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

it('a report goes where nothing is, or an earlier report', async () => {
  await checkReportFile(at('new/page.html'));
  expect(existsSync(at('new'))).toBe(true);
  writeFileSync(at('old.html'), await renderHostilePage());
  await checkReportFile(at('old.html'));
});

it("somebody's own file or folder is not replaced", async () => {
  writeFileSync(at('own.html'), '<p>mine</p>');
  writeFileSync(at('cat.jpg'), Buffer.alloc(5000, 255));
  writeFileSync(at('empty.html'), '');
  mkdirSync(at('folder'));
  for (const name of ['own.html', 'cat.jpg', 'empty.html', 'folder']) {
    await expect(checkReportFile(at(name))).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  }
});
