import { checkChannels } from '../../activations/select-channels.js';
import { buildPatches } from '../../patches/build-report.js';
import { PATCH_REPORT_NAME } from '../../patches/read-drawn.js';
import type { PatchShard } from '../../patches/shard.js';
import type { WorkflowOptions } from '../shared/events.js';
import { writeResults } from '../shared/image-results.js';
import { onImages, sourceOfNetwork } from '../shared/picture-source.js';
import { drawSheets } from './draw-sheets.js';
import type { PatchesResult } from './result.js';

/** What decides on the pictures. */
interface Shown extends WorkflowOptions {
  channels?: readonly number[];
  top: number;
}

/** Checks that the layers have the channels that are to be drawn. @throws CnnvizError NOT_FOUND */
export function checkShown(
  { channels = [] }: Shown,
  layers: readonly { name: string; shape: readonly number[] }[],
): void {
  const counts = layers.map(({ name, shape }) => ({ name, channelCount: shape.at(-1) as number }));
  checkChannels(channels, counts);
}

/**
 * Cuts the patches out of their images and writes the results folder.
 *
 * @param whole all shards, merged
 * @param root of the data folder
 * @throws CnnvizError BAD_IMAGE for an image that is gone or another one by now, NOT_WRITABLE, DISK_FULL, ABORTED
 */
export async function writePatches(out: string, whole: PatchShard, root: string, shown: Shown): Promise<PatchesResult> {
  const { channels, top, signal, onEvent = () => undefined } = shown;
  const report = buildPatches(whole);
  const { versions, backend, model, data, classes } = report;
  const provenance = { format: 'cnnviz-patches-folder', formatVersion: 1, versions, backend, model, data, classes };
  const source = onImages(sourceOfNetwork(model), data);
  const { files } = await writeResults({ folder: out }, { provenance, onEvent }, async (folder) => {
    const job = { whole, report, root, channels, top, source, onEvent, ...(signal && { signal }) };
    const names = [];
    for await (const { name, content } of drawSheets(job)) {
      await folder.write(name, content);
      names.push(name);
    }
    await folder.write(PATCH_REPORT_NAME, `${JSON.stringify(report)}\n`);
    return { files: [PATCH_REPORT_NAME, ...names] };
  });
  return { out, files, imageCount: data.imageCount, report };
}
