// The words about how a score came about.

import { formatAmount } from '../../base/counts.js';

export const score = {
  title: (percent: string, className: string) => `How it arrived at ${percent} for ${className}`,
  lead: (layer: string, before: string) =>
    `${layer} weighs the values of ${before}: a score is the sum of every value times its weight, plus the bias.`,
  rounding:
    'Values and weights are shown to three digits; the amounts are their exact products, rounded so that what is printed adds up to the score.',
  turned: (otherClass: string, className: string) =>
    `The layer's one unit gives the score for ${otherClass}. Here its weights and its bias have the opposite sign, so that what is above 0 speaks for ${className}.`,
  from: (before: string) => `unit of ${before}`,
  working: 'value × weight',
  adds: 'adds',
  unit: (unit: number) => String(unit),
  product: (value: string, weight: string) => `${value} × ${weight}`,
  rest: (count: number) => (count === 1 ? 'the other unit' : `the other ${formatAmount(count, 'unit')}`),
  spread: (count: number, amount: string) =>
    `The other ${formatAmount(count, 'unit')} together add ${amount}, in size more than any single unit: the score is spread over many. The bars compare single units.`,
  bias: 'bias',
  score: (className: string) => `score for ${className}`,
  termsOf: (className: string) => `What the score for ${className} is the sum of`,
  signs: (className: string, other: string | undefined) =>
    other === undefined
      ? `Above 0 speaks for ${className}, below 0 against it.`
      : `Above 0 speaks for ${className}, below 0 for ${other}.`,
  axis: (className: string) => `probability of ${className}, by its score`,
  sigmoid: (className: string, score: string, probability: string) =>
    `The sigmoid turns a score of ${score} into a probability of ${probability} for ${className}.`,
  otherwise: (className: string, probability: string) =>
    `The rest, ${probability}, is the probability of ${className}.`,
  softmaxTitle: 'From scores to probabilities',
  softmax: 'The softmax computes e^(score − largest score) for each class, and gives each class its share of the sum.',
  class: 'class',
  scoreColumn: 'score',
  power: 'e^(score − largest)',
  share: 'share',
  others: (count: number) => (count === 1 ? '1 other class' : `${formatAmount(count, 'other class', 'other classes')}`),
  noDense: 'The scores of this network are not the outputs of a dense layer, so that the page cannot break them down.',
};
