// What the network takes an image for after an epoch.

import { formatShare, isTied } from '../../format.js';
import type { PageImageData } from '../../image-data.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';

/** Classes that are listed with their probabilities. */
const classesAtMost = 6;

/** As a report has it: the class, whether that is right, and all probabilities. */
export function showVerdict(
  place: HTMLElement,
  { probabilities, predicted, trueClass, layers }: PageImageData,
  classNames: readonly string[],
): void {
  if (layers.length === 0) {
    place.replaceChildren(); // nothing is known of this epoch
    return;
  }
  const largest = Math.max(...probabilities);
  if (predicted === undefined || probabilities.length === 0) {
    place.replaceChildren(create('p', { className: 'notice' }, texts.image.noPrediction));
    return;
  }
  const classes = probabilities
    .map((probability, index) => ({ className: classNames[index] ?? String(index), probability }))
    .sort((a, b) => b.probability - a.probability);
  const share = create('span', {}, formatShare(largest, largest));
  const bars = create('ul', { className: 'probabilities' });
  bars.setAttribute('aria-label', texts.image.probabilities);
  bars.append(...classes.slice(0, classesAtMost).map((each) => drawProbability(each, largest)));
  const more = classes.length - classesAtMost;
  place.replaceChildren(
    create('p', { className: 'predicted' }, create('bdi', {}, predicted), ' ', share),
    ...(trueClass === undefined ? [] : [describeCorrectness(predicted, trueClass, isTied(probabilities))]),
    bars,
    ...(more > 0 ? [create('p', { className: 'more' }, texts.image.moreClasses(more))] : []),
  );
}

function describeCorrectness(predicted: string, trueClass: string, isUndecided: boolean): HTMLElement {
  if (isUndecided) return create('p', { className: 'correctness' }, texts.image.tied(trueClass));
  if (predicted === trueClass) return create('p', { className: 'correctness' }, texts.image.right(trueClass));
  const wrong = create('strong', {}, texts.image.wrong);
  const truth = create('bdi', {}, trueClass);
  return create('p', { className: 'correctness' }, wrong, ` ${texts.image.folderSays} `, truth, '.');
}

function drawProbability(
  { className, probability }: { className: string; probability: number },
  largest: number,
): HTMLElement {
  const bar = create('progress', { className: 'bar', max: 1, value: probability });
  bar.setAttribute('aria-hidden', 'true');
  return create('li', {}, create('bdi', {}, className), bar, create('span', {}, formatShare(probability, largest)));
}
