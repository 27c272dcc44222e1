// The two that are compared, beside each other: image and prediction, and the choice of others.

import { formatPercent } from '../../../base/numbers.js';
import { isTied } from '../../format.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import { addressOfSides, type Comparison, type Side } from './sides.js';

/** Classes that are listed. */
const classesAtMost = 6;

export function createHead(comparison: Comparison, sides: readonly Side[]): HTMLElement {
  const { a, b, page } = comparison;
  const go = (first: Side, second: Side) => page.router.go(addressOfSides(first, second));
  const swap = create('button', { type: 'button', className: 'swap' }, texts.compare.swap);
  swap.addEventListener('click', () => go(b, a));
  return create(
    'div',
    { className: 'sides' },
    createSide('a', a, sides, (side) => go(side, b)),
    swap,
    createSide('b', b, sides, (side) => go(a, side)),
  );
}

function createSide(which: 'a' | 'b', side: Side, sides: readonly Side[], choose: (side: Side) => void): HTMLElement {
  const { image } = side;
  const select = create('select', { id: `compare-${which}` });
  for (const { key, name } of sides) select.append(create('option', { value: key, selected: key === side.key }, name));
  select.addEventListener('change', () => {
    const chosen = sides.find(({ key }) => key === select.value);
    if (chosen !== undefined) choose(chosen);
  });
  const { src, alt, width, height } = image.photograph;
  const photograph = create('img', { src, alt, width, height });
  const label = create('label', { htmlFor: select.id }, texts.compare.sides[which]);
  return create('div', { className: `side ${which}` }, label, select, photograph, createPrediction(side));
}

/** The classes with their probabilities, the most probable first. */
function createPrediction({ image: { data }, classNames }: Side): HTMLElement {
  const { probabilities, trueClass } = data;
  if (probabilities.length === 0) return create('p', { className: 'notice' }, texts.image.noScores);
  const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number));
  const rows = order.slice(0, classesAtMost).map((index) => {
    const name = create('bdi', {}, classNames[index] ?? String(index));
    const probability = probabilities[index] as number;
    const bar = create('meter', { min: 0, max: 1, value: probability, ariaHidden: 'true' });
    return create('li', {}, name, bar, create('span', {}, formatPercent(probability)));
  });
  const list = create('ul', { ariaLabel: texts.image.probabilities }, ...rows);
  if (trueClass === undefined) return list;
  const said =
    trueClass === data.predicted
      ? texts.image.right(trueClass)
      : `${texts.image.wrong} ${texts.image.folderSays} ${trueClass}.`;
  const verdict = isTied(probabilities) ? texts.image.tied(trueClass) : said;
  return create('div', {}, list, create('p', { className: 'verdict-words' }, verdict));
}
