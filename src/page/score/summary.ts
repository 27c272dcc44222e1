// How a network came from its last values to the scores of the classes, and from those to probabilities.

/** What one value of the layer before adds to a score. */
export interface ScoreTerm {
  /** of the layer before, from 0 */
  unit: number;
  value: number;
  weight: number;
}

/** One score and what it is the sum of. */
export interface ClassScore {
  /** the class that the score speaks for */
  className: string;
  /** for the class: the largest products above 0, the largest first */
  terms: readonly ScoreTerm[];
  /** against it: the largest products below 0, the largest in size first */
  against: readonly ScoreTerm[];
  /** the sum of all other products */
  rest: { count: number; sum: number };
  /** null for a layer without one */
  bias: number | null;
  score: number;
}

/** The shares of a softmax. */
export interface Share {
  className: string;
  score: number;
  /** e to the score less the largest score */
  power: number;
  share: number;
}

export interface ScoreSummary {
  /** the layer that the scores come from, and the one whose values it weighs */
  layer: string;
  before: string;
  /** with what the scores become probabilities; null: they do not */
  link: 'sigmoid' | 'softmax' | null;
  /** the likeliest class first; of one sigmoid unit a single one */
  scores: readonly ClassScore[];
  /** of one sigmoid unit: the class that a score below 0 speaks for */
  otherClass?: string;
  /** the unit's score is for `otherClass`: everything here is with the sign turned, so that it speaks for the likelier class */
  isTurned?: boolean;
  /** of a softmax: those of the likeliest classes, and how many others share what */
  shares?: readonly Share[];
  others?: { count: number; power: number; share: number };
}
