// Tries some images of each class before the first epoch.

import { CnnvizError } from '../../base/errors.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { EventListener } from '../shared/events.js';

/** How many images are decoded of all classes together, where nothing is the matter with them. */
const SAMPLE = 400;
/** And of one class at most. */
const CLASS_SAMPLE = 4;
/** How many of a class are tried where half of the first are bad. */
const LARGER_SAMPLE = 100;
/** From this fraction of bad images on, a class is as good as missing. */
const MOSTLY_BAD = 0.9;

/**
 * Tries some images of each class before the first epoch: listed ones are worth nothing where they cannot be decoded. What is
 * decoded stays in the sources, so that nothing is done twice.
 *
 * @throws CnnvizError BAD_DATASET where a class has no image to train on; BAD_IMAGE where a bad one is to end the training
 */
export async function requireUsable(
  { train, validation }: { train: ImageSource; validation: ImageSource | undefined },
  classNames: readonly string[],
  onEvent: EventListener,
): Promise<void> {
  for (const [split, source] of [
    ['train', train],
    ['validation', validation],
  ] as const) {
    if (source === undefined) continue;
    const members = groupByClass(source, classNames.length);
    for (const [classIndex, className] of classNames.entries()) {
      const indexes = members[classIndex] as number[];
      if (indexes.length === 0) continue;
      const tried = await tryClass(source, indexes, classNames.length);
      if (tried.bad < tried.count * MOSTLY_BAD) continue;
      const reason = `the first: ${tried.first}`;
      if (tried.bad < indexes.length) {
        const many = `${split}: ${tried.bad} of ${tried.count} tested images of "${className}" cannot be used`;
        onEvent({ type: 'warning', message: `${many}; ${reason}` });
        continue;
      }
      const all = `${split} has no usable image of "${className}": none of its ${indexes.length} can be decoded; ${reason}`;
      if (split === 'validation') onEvent({ type: 'warning', message: all });
      else throw new CnnvizError('BAD_DATASET', all, { hint: 'Replace the files, or remove the class.' });
    }
  }
}

interface Tried {
  count: number;
  bad: number;
  /** path and reason of the first bad one */
  first: string;
}

/** Decodes a few images of a class; more where these are bad; and as many as it takes to find one that is not. */
async function tryClass(source: ImageSource, indexes: readonly number[], classCount: number): Promise<Tried> {
  const tried: Tried = { count: 0, bad: 0, first: '' };
  const done = new Set<number>();
  const visit = async (index: number): Promise<void> => {
    if (done.has(index)) return;
    done.add(index);
    const found = await source.load(index);
    tried.count++;
    if (!(found instanceof CnnvizError)) return;
    if (source.onBadImage === 'fail') throw found;
    tried.bad++;
    if (tried.first === '') tried.first = found.message;
  };
  const sample = Math.max(1, Math.min(CLASS_SAMPLE, Math.floor(SAMPLE / classCount)));
  for (const index of spread(indexes, sample)) await visit(index);
  if (tried.bad * 2 < tried.count) return tried;
  for (const index of spread(indexes, LARGER_SAMPLE)) await visit(index);
  for (const index of indexes) {
    if (tried.bad < tried.count) break;
    await visit(index);
  }
  return tried;
}

/** Some of a list at equal distances. */
function spread(list: readonly number[], count: number): number[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, place) => list[Math.floor(((place + 0.5) * list.length) / count)] as number);
}

function groupByClass(source: ImageSource, classCount: number): number[][] {
  const members = Array.from({ length: classCount }, (): number[] => []);
  for (const [index, { classIndex }] of source.files.entries()) members[classIndex]?.push(index);
  return members;
}
