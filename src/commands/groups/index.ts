import type { GroupReport } from '../../groups/report.js';
import { buildPatches } from '../../patches/build-report.js';
import { openVisit } from '../channels/open-visit.js';
import { writeResults } from '../shared/image-results.js';
import { onImages, sourceOfNetwork } from '../shared/picture-source.js';
import { chooseLayers } from './choose-layers.js';
import { drawGroupSheets, type GroupsJob } from './draw-groups.js';
import { measureGroups } from './measure-groups.js';
import { type GroupsOptions, resolveGroupsOptions } from './options.js';
import type { GroupsResult } from './result.js';
import { sampleGroups } from './sample-layers.js';

/** The file of a results folder of `cnnviz groups` that holds its report. */
const REPORT_NAME = 'groups.json';

/**
 * Finds groups of channels of a trained network that fire together on a folder of images, by non-negative matrix factorization of
 * what a layer puts out (Olah et al., 2018), paints them on images, and shows where each is strongest. Groups are found on a sample
 * of places that memory has room for and measured on all images. A sheet for each layer, groups.json and a manifest.json.
 *
 * @throws CnnvizError BAD_ARGUMENT (also for a layer with values below 0), NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL,
 * BAD_DATASET, BAD_IMAGE with `onBadImage: 'fail'`, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { groups } from 'cnnviz';
 *
 * const { report } = await groups({ data: 'cats_dogs', split: 'test', layers: ['conv2d_4'], groups: 6 });
 * for (const { number, part, channels } of report.layers[0]?.groups ?? []) console.log(number, part, channels[0]?.channel);
 * ```
 */
export async function groups(options: GroupsOptions): Promise<GroupsResult> {
  const settings = resolveGroupsOptions(options);
  const { signal, onEvent = () => undefined } = settings;
  using visit = await openVisit(settings, { name: 'groups', uses: ['run'] });
  const { found, trained, images, out } = visit;
  const layers = chooseLayers(trained.network, settings.layers);
  const sampled = await sampleGroups(trained, layers, images, settings);
  const measured = await measureGroups(found, trained, layers, sampled, images, settings);
  const patches = buildPatches(measured.whole);
  const { versions, backend, model, data, classes, input, count } = patches;
  const provenance = { format: 'cnnviz-groups-folder', formatVersion: 1, versions, backend, model, data, classes };
  const report: GroupReport = {
    ...{ format: 'cnnviz-groups', formatVersion: 1, versions, backend, model, data, input, classes, count },
    ...{ seed: settings.seed, layers: [] },
  };
  const job: GroupsJob = {
    ...{ whole: measured.whole, measured, found: sampled, layers, patches, root: images.root, onEvent },
    ...(signal && { signal }),
    inputShape: trained.network.inputShape,
    source: onImages(sourceOfNetwork(model), data),
  };
  const { files } = await writeResults({ folder: out }, { provenance, onEvent }, async (folder) => {
    for await (const { layer, file } of drawGroupSheets(job)) {
      await folder.write(file.name, file.content);
      report.layers.push(layer);
    }
    await folder.write(REPORT_NAME, `${JSON.stringify(report)}\n`);
    return { files: [REPORT_NAME, ...report.layers.map(({ sheet }) => sheet)] };
  });
  return { out, files, overlap: images.overlap, report };
}
