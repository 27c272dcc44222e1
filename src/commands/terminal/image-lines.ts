// Several images that a command looks at one by one: a line for each, and what is to be said of many of them once.

import { basename, dirname, sep } from 'node:path';
import { formatCount } from '../../base/counts.js';
import type { SharedEvent } from '../shared/events.js';
import { type CheckedPrediction, describeCorrectness } from '../shared/true-class.js';
import { type EventLine, showProgress } from './event-line.js';

type EventOf<Type extends SharedEvent['type']> = Extract<SharedEvent, { type: Type }>;

/** What is known of the image at hand. */
interface ImageAtHand {
  /** sentences that were said of it */
  said: Set<string>;
  prediction?: CheckedPrediction;
  folder?: string;
}

/** A sentence that is said of images, and of how many. */
interface Remark {
  kind: 'result' | 'warning';
  count: number;
}

/** Turns what is reported of image after image into a line for each; of a single image nothing is left out. */
export class ImageLines {
  #atHand: ImageAtHand | undefined;
  #count = 0;
  readonly #remarks = new Map<string, Remark>();

  /**
   * What is left to be said of an event, of what would be said of it alone.
   *
   * @param alone gives that
   */
  take(event: { type: string }, alone: () => EventLine[]): EventLine[] {
    const shared = event as SharedEvent;
    if (shared.type === 'image-started') return this.#start(shared);
    const image = this.#atHand;
    if (image === undefined || shared.type === 'warning' || shared.type === 'stage') return alone();
    if (shared.type === 'image-ended') return this.#end(shared, image);
    if (shared.type === 'prediction') image.prediction = shared;
    else if (shared.type === 'file-written') image.folder = dirname(shared.path);
    else if (shared.type === 'caution') this.#remark(image, shared.sentence, 'result');
    else if (shared.type === 'explanation') {
      if (shared.sentence !== undefined)
        this.#remark(image, shared.sentence, shared.evidence === 'undefined' ? 'warning' : 'result');
    } else if (shared.type === 'bad-image') {
      this.#atHand = undefined;
      return alone();
    } else {
      for (const { kind, text } of alone()) if (kind === 'warning') this.#remark(image, text, kind);
    }
    return [];
  }

  /** What was said of images, each sentence once. */
  finish(): EventLine[] {
    this.#atHand = undefined;
    const lines = Array.from(this.#remarks, ([sentence, { kind, count }]): EventLine => {
      return { kind, text: `${formatCount(count)} of ${formatCount(this.#count)} images: ${sentence}` };
    });
    this.#remarks.clear();
    return lines;
  }

  #start({ image, number, total }: EventOf<'image-started'>): EventLine[] {
    if (total === 1) return [{ kind: 'waiting', text: `${basename(image)} ...` }];
    this.#atHand = { said: new Set() };
    this.#count = total;
    return [showProgress('Images', number - 1, total, basename(image))];
  }

  #end({ image }: EventOf<'image-ended'>, { prediction, folder }: ImageAtHand): EventLine[] {
    this.#atHand = undefined;
    const parts = [
      basename(image),
      ...(prediction ? [summarizePrediction(prediction)] : []),
      ...(folder === undefined ? [] : [`-> ${folder}${sep}`]),
    ];
    return [{ kind: 'result', text: parts.join('  ') }];
  }

  /** Counts images: what is said of several maps of one counts once. */
  #remark({ said }: ImageAtHand, sentence: string, kind: Remark['kind']): void {
    const common = withoutNumbers(sentence);
    if (said.has(common)) return;
    said.add(common);
    this.#remarks.set(common, { kind, count: (this.#remarks.get(common)?.count ?? 0) + 1 });
  }
}

/** `cats 0.739, WRONG: the folder says dogs` */
function summarizePrediction({ className, probability, classes, ...checked }: CheckedPrediction): string {
  const listed = classes ?? [{ className, probability }];
  const named = listed.map((one) => `${one.className} ${one.probability.toFixed(3)}`);
  const correctness = describeCorrectness(checked);
  return [named.join(', '), ...(correctness ? [correctness] : [])].join('  ');
}

/** Numbers in brackets, and small ones, are of one image: `(correlation -0.15)`, `at most 0.012, `. */
function withoutNumbers(sentence: string): string {
  return sentence.replaceAll(/ \([^()]*\d[^()]*\)/g, '').replaceAll(/at most [\d.e\u2212-]+, /g, '');
}
