import { formatChannelCsv } from '../../channels/csv.js';
import { channelReportName } from '../../channels/read-report.js';
import type { ChannelReport } from '../../channels/report.js';
import type { ResultFile } from '../../output/activation-files.js';
import { drawDepth } from '../../output/channel-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { EventListener } from '../shared/events.js';
import { writeResults } from '../shared/image-results.js';
import { onImages, sourceOfNetwork } from '../shared/picture-source.js';
import type { ChannelsResult } from './result.js';

/**
 * Writes the results folder of a channel report.
 *
 * @param drawDiscriminative draws what takes the network and the images
 * @throws CnnvizError NOT_WRITABLE, DISK_FULL
 */
export async function writeChannelReport(
  out: string,
  report: ChannelReport,
  onEvent: EventListener,
  drawDiscriminative: (source: PictureSource) => Promise<ResultFile[]> = async () => [],
): Promise<ChannelsResult> {
  const { versions, backend, model, data, classes, verdict } = report;
  const provenance = {
    format: 'cnnviz-channels-folder',
    formatVersion: 1,
    versions,
    backend,
    model,
    data,
    classes,
    verdict,
  };
  const source = onImages(sourceOfNetwork(model), data);
  const { files } = await writeResults({ folder: out }, { provenance, onEvent }, async (folder) => {
    await folder.write(channelReportName, `${JSON.stringify(report)}\n`);
    await folder.write('channels.csv', formatChannelCsv(report));
    const pictures = [await drawDepth(report, source), ...(await drawDiscriminative(source))];
    for (const { name, content } of pictures) await folder.write(name, content);
    return { files: [channelReportName, 'channels.csv', ...pictures.map(({ name }) => name)] };
  });
  return { out, files, imageCount: data.imageCount, report };
}
