// Describes a data folder in lines of text.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPath } from '../../cli/format.js';
import { describeLeftOut, isHarmless } from '../shared/announce-data.js';
import type { DataEvent } from '../shared/events.js';

/** More classes than these are not all named in one line; run.json has them all. */
const NAMED_CLASSES = 30;

type EventOf<Type extends DataEvent['type']> = Extract<DataEvent, { type: Type }>;

/** `train: 2,000 images (0 cats 1,000, 1 dogs 1,000)`: the number that each class has, its name, its count */
export function describeDataset({ split, imageCount, classNames, classCounts }: EventOf<'dataset'>): string {
  const images = `${split === null ? '' : `${split}: `}${formatAmount(imageCount, 'image')}`;
  if (classNames.length === 0) return images;
  const classes = classNames.map((name, index) => `${index} ${name} ${formatCount(classCounts[index] as number)}`);
  if (classes.length <= NAMED_CLASSES) return `${images} (${classes.join(', ')})`;
  const [least, most] = [Math.min(...classCounts), Math.max(...classCounts)].map(formatCount);
  const named = [...classes.slice(0, NAMED_CLASSES - 1), '...', classes.at(-1)].join(', ');
  return `${images} (${formatCount(classes.length)} classes of ${least} to ${most} images: ${named})`;
}

/** What is used of a data folder, and what is not and why. */
export function describeDataNote(event: EventOf<'data-places'> | EventOf<'unusable-split'> | EventOf<'left-out'>): {
  kind: 'note' | 'warning';
  text: string;
} {
  if (event.type === 'data-places') return { kind: 'note', text: describePlaces(event) };
  if (event.type === 'unusable-split') {
    return { kind: 'warning', text: `${event.split} is not used: ${formatPath(event.folder)} ${event.problem}` };
  }
  return { kind: isHarmless(event) ? 'note' : 'warning', text: `Left out: ${describeLeftOut(event, event.root)}` };
}

function describePlaces({ places }: EventOf<'data-places'>): string {
  const entries = Object.entries(places);
  const used = entries.map(([split, { folder, classesBy }]) => {
    const by = classesBy === 'names' ? 'classes from file names' : '';
    const notes = [entries.length > 1 ? split : '', by].filter(Boolean).join(', ');
    return `${formatPath(folder)}${notes === '' ? '' : ` (${notes})`}`;
  });
  return `Using ${used.join(', ')}`;
}
