import { formatAmount, formatCount } from '../../base/counts.js';
import type { SharedEvent } from '../shared/events.js';
import type { EventLine } from './event-line.js';

type OverlapEvent = Extract<SharedEvent, { type: 'overlap' }>;

/** How a command's images overlap with those of the network's run, in sentences. */
export function describeOverlap(event: OverlapEvent): EventLine[] {
  const { split, newCount, changedCount, missingCount, network } = event;
  const lines = event.imageCount === 1 && event.trainedOn === 0 ? [] : [describeTrainedOn(event)];
  if (missingCount > 0) {
    const images = `${formatCount(missingCount)} of ${network === undefined ? "the run's" : `${network}'s`} ${split} images`;
    lines.push({ kind: 'warning', text: `${images} ${missingCount === 1 ? 'is' : 'are'} not in this folder` });
  }
  if (newCount > 0) {
    const images = formatAmount(newCount, 'image here was', 'images here were');
    lines.push({
      kind: 'warning',
      text: `${images} never seen by ${network ?? 'this run'} and not used; use them with --split unseen`,
    });
  }
  if (changedCount > 0) {
    const images = formatAmount(changedCount, 'image here has', 'images here have');
    lines.push({
      kind: 'warning',
      text: `${images} changed since training (same name, different content) and ${changedCount === 1 ? 'is' : 'are'} not used`,
    });
  }
  return lines;
}

function describeTrainedOn({ split, imageCount, trainedOn, network = 'this network' }: OverlapEvent): EventLine {
  const images = imageCount === 1 ? 'this image' : `${formatCount(trainedOn)} of ${formatCount(imageCount)} images`;
  const text = `${images} ${trainedOn === 1 ? 'was' : 'were'} used to train ${network}`;
  if (trainedOn === 0 || split === 'train') return { kind: 'note', text };
  const them = imageCount === 1 ? 'it' : 'them';
  return { kind: 'warning', text: `${text}: results on ${them} are too good` };
}
