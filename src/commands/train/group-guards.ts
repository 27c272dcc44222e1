// Warns of groups that a folder has on both sides.

import { dirname, relative } from 'node:path';
import { formatAmount, formatCount } from '../../base/counts.js';
import { groupFiles } from '../../dataset/folder/group-by.js';
import type { ImageFolder } from '../../dataset/folder/image-folder.js';
import type { EventListener } from '../shared/events.js';
import { findGroupsInNames } from '../shared/name-group-findings.js';
import type { TrainingEvent } from './events.js';
import type { TrainSettings } from './settings.js';

/** Says how groups were divided, and warns of those that a folder's own splits have on both sides. */
export function warnOfGroups(
  { root, classNames, splits }: Pick<ImageFolder, 'root' | 'classNames' | 'splits'>,
  settings: TrainSettings,
  onEvent: EventListener<TrainingEvent>,
): void {
  const { groupBy } = settings;
  if (groupBy === undefined) {
    warnOfNames({ root, classNames, splits }, settings, onEvent);
    return;
  }
  const { train = [], validation = [], test = [] } = splits;
  const { keys, unmatched } = groupFiles([...train, ...validation, ...test], root, classNames, groupBy);
  const trained = new Set(keys.slice(0, train.length));
  for (const [split, heldOut] of [
    ['validation', keys.slice(train.length, train.length + validation.length)],
    ['test', keys.slice(train.length + validation.length)],
  ] as const) {
    const groups = new Set(heldOut);
    const shared = [...groups].filter((key) => trained.has(key));
    if (split === 'validation') {
      const counts = { trainCount: trained.size, validationCount: groups.size, sharedCount: shared.length };
      onEvent({ type: 'groups', groupBy, ...counts });
    }
    if (shared.length === 0) continue;
    const sharedKeys = new Set(shared);
    const count = heldOut.filter((key) => sharedKeys.has(key)).length;
    const which = `${formatAmount(shared.length, 'group is', 'groups are')} both in train and ${split}, for example ${shared[0]}`;
    const images = `${formatCount(count)} of ${formatAmount(heldOut.length, `${split} image`)}`;
    onEvent({ type: 'warning', message: `${which} (${images}): ${split} metrics are too good` });
  }
  const [first] = unmatched;
  if (first === undefined) return;
  const files = formatAmount(unmatched.length, 'image');
  const example = relative(root, first);
  onEvent({
    type: 'warning',
    message: `--group-by ${groupBy} matches no part of ${files}, for example ${example}: each forms its own group`,
  });
}

/** Warns of frames of one recording, by their names, that the split that training has made lays on both sides. */
function warnOfNames(
  { root, classNames, splits }: Pick<ImageFolder, 'root' | 'classNames' | 'splits'>,
  settings: TrainSettings,
  onEvent: EventListener<TrainingEvent>,
): void {
  const { train = [], validation = [] } = splits;
  const trainFolders = new Set(train.map(({ path }) => dirname(path)));
  const isOwnSplit = validation.some(({ path }) => trainFolders.has(dirname(path)));
  if (!settings.check || !isOwnSplit) return;
  for (const finding of findGroupsInNames({ root, classNames }, [...train, ...validation], false)) {
    const { level, message, remedy, examples } = finding;
    if (level === 'warning') onEvent({ type: 'warning', message: `${message}, for example ${examples[0]}. ${remedy}` });
  }
}
