// What it says of the network.

import { basename } from 'node:path';
import { formatAmount, formatCount } from '../../base/counts.js';
import type { ChannelReport } from '../../channels/report.js';
import { flagName } from '../../options/flag-name.js';
import type { NamedValue, ReportSummary, TrainingSummary } from '../../page/summary.js';
import type { TimeSummary } from '../../page/time/time-data.js';
import type { RunRecord } from '../../runs/run.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { readOwnVersion } from '../shared/versions.js';

/** What is known of the network besides what its file says. */
interface PageKnowledge extends Pick<ReportSummary, 'network' | 'computations' | 'pictures'> {
  channelReport: ChannelReport | undefined;
  time: TimeSummary | undefined;
}

/**
 * What a report says of the network. Of every path only the last name: a shared page reveals nothing about the computer it
 * was made on.
 */
export function summarizeModel(
  found: LocatedNetwork,
  { description, place, backend, preprocessing }: TrainedNetwork,
  { network, computations, pictures, channelReport, time }: PageKnowledge,
): ReportSummary {
  const { height, width, fit = 'stretch', normalization } = preprocessing;
  const record = found.run?.record;
  const weights = place.weights && `${place.weights}, epoch ${place.epoch}`;
  return {
    model: {
      name: basename(place.path),
      parameterCount: description.parameterCount,
      ...(weights && { weights }),
    },
    classNames: found.classNames,
    preprocessing: { height, width, fit, order: normalization?.order ?? 'rgb' },
    ...{ network, computations, pictures },
    ...(channelReport && { channelReport }),
    ...(time && { time }),
    training: record === undefined ? null : summarizeTraining(record),
    versions: [
      { name: 'cnnviz', value: readOwnVersion() },
      { name: 'Node.js', value: process.versions.node },
      { name: backend.name, value: backend.version },
    ],
  };
}

function summarizeTraining({ history, weights, ...record }: RunRecord): TrainingSummary | null {
  const { loss = [], acc = [], val_loss: validationLoss, val_acc: validationAccuracy } = history;
  const { startedAt, classNames, counts, backend, engine, versions, resumptions } = record;
  return {
    curves: {
      trainingLoss: loss,
      trainingAccuracy: acc,
      ...(validationLoss && { validationLoss }),
      ...(validationAccuracy && { validationAccuracy }),
      ...(weights.best && { bestEpoch: weights.best.epoch }),
    },
    options: listOptions(record.options),
    facts: [
      { name: 'started', value: startedAt.replace(/\.\d+Z$/, 'Z') },
      { name: 'classes', value: classNames.join(', ') },
      {
        name: 'images',
        value: `${formatCount(counts.train)} for training, ${formatCount(counts.validation)} for validation`,
      },
      ...(resumptions.length > 0
        ? [{ name: 'resumed', value: resumptions.length === 1 ? 'once' : `${resumptions.length} times` }]
        : []),
      {
        name: 'computed by',
        value: `${backend.name} ${backend.version}, ${formatAmount(backend.threads, 'thread')}, ${engine}`,
      },
      { name: 'trained with', value: `cnnviz ${versions.cnnviz}, Node.js ${versions.node}` },
    ],
  };
}

/** Every option in force by what the command line calls it; lists in one line, of paths the last name. */
function listOptions(options: Record<string, unknown>): NamedValue[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    return [{ name: `--${flagName(name, {})}`, value: formatOption(value) }];
  });
}

function formatOption(value: unknown): string {
  if (typeof value === 'string') return /[\\/]/.test(value) ? basename(value.replaceAll('\\', '/')) : value;
  return Array.isArray(value) ? value.map(formatOption).join(', ') : JSON.stringify(value);
}
