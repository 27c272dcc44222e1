// Describes findings in words, the most serious first.

import { formatAmount, formatCount } from '../../base/counts.js';
import type { DataFindings, FoundGroup, FoundGroups, FoundImages } from '../../dataset/examine/findings.js';

/** What is the matter with images. */
export type FindingCode =
  | 'turned'
  | 'dark'
  | 'black'
  | 'clipped'
  | 'constant'
  | 'contradictory'
  | 'straddling'
  | 'repeated'
  | 'unreadable'
  | 'left-out'
  | 'imbalance'
  | 'name-groups'
  | 'unusable-split';

/** One thing that was found in a data folder, in words. */
export interface Finding {
  code: FindingCode;
  /** warning: metrics will be wrong, or training worse; note: good to know */
  level: 'warning' | 'note';
  /** images, pictures or groups that it is about */
  count: number;
  /** what is the matter and what it leads to */
  message: string;
  /** what to do about it */
  remedy: string;
  /** the first of them */
  examples: string[];
}

export interface FindingContext {
  /** images are rotated by their EXIF orientation */
  autoOrient: boolean;
  /** the folder has no validation part: training will hold images out itself */
  isDivided: boolean;
}

/** Puts findings into words, the gravest first. */
export function describeFindings(findings: DataFindings, { autoOrient, isDivided }: FindingContext): Finding[] {
  const { examined, turned, dark, black, clipped, constant, contradictory, straddling, repeated } = findings;
  const of = ({ count }: FoundImages, one: string, several: string) =>
    `${formatCount(count)} of ${formatAmount(examined, 'image')} ${count === 1 ? one : several}`;
  const images = (code: FindingCode, level: Finding['level'], found: FoundImages, message: string, remedy: string) =>
    found.count === 0 ? [] : [{ code, level, count: found.count, message, remedy, examples: found.examples }];
  return [
    ...describeGroups('contradictory', 'warning', contradictory),
    ...describeGroups('straddling', 'warning', straddling),
    ...images('black', 'warning', black, of(black, 'has', 'have') + BLACK, 'Multiply the values by 255, save 8 bits.'),
    ...images('dark', 'warning', dark, of(dark, 'has', 'have') + DARK, 'Multiply 12-bit values by 16, or save 8 bits.'),
    ...images(
      'turned',
      autoOrient ? 'note' : 'warning',
      turned,
      of(turned, 'is', 'are') + (autoOrient ? TURNED : STORED),
      autoOrient
        ? 'No action needed: they are rotated upright.'
        : '--auto-orient rotates them upright, as will every command that uses the run.',
    ),
    ...images(
      'constant',
      'warning',
      constant,
      `${of(constant, 'has', 'have')} only one color: nothing to learn`,
      'Remove them.',
    ),
    ...images('clipped', 'note', clipped, of(clipped, 'has', 'have') + CLIPPED, 'Scale the values to 0..255.'),
    ...describeGroups('repeated', isDivided ? 'note' : 'warning', repeated, !isDivided),
  ];
}

const BLACK = ' floating-point values from 0 to 1, which the network sees as black';
const DARK = ' 16-bit values below an eighth of their range (12-bit values?), which the network sees as nearly black';
const CLIPPED = ' floating-point or 32-bit values, which are clipped at 0 and 255';
const TURNED = ' stored rotated (EXIF orientation)';
const STORED = ' stored rotated (EXIF orientation) and used as stored, as in Keras';

/** What to say of the same picture several times. */
const GROUPS = {
  contradictory: {
    what: ['is under two classes', 'are under two classes'],
    so: ': the labels contradict each other',
    remedy: 'Keep each only in its true class.',
  },
  straddling: {
    what: ['is in more than one split', 'are in more than one split'],
    so: ', so metrics on held-out images are too good',
    remedy: 'Remove them from one side; frames of one recording stay together with --group-by.',
  },
  repeated: { what: ['appears several times', 'appear several times'], so: '', remedy: 'Remove the copies.' },
} as const;

function describeGroups(
  code: keyof typeof GROUPS,
  level: Finding['level'],
  { groupCount, identicalCount, examples }: FoundGroups,
  willStraddle = false,
): Finding[] {
  if (groupCount === 0) return [];
  const { what, so, remedy } = GROUPS[code];
  const alike = groupCount - identicalCount;
  const sure =
    alike === 0
      ? ' (same bytes)'
      : identicalCount === 0
        ? ' (they look the same)'
        : ` (${identicalCount} with the same bytes, ${alike} look the same)`;
  const later = willStraddle ? ', and training will split some of them between train and validation' : '';
  const message = `${formatAmount(groupCount, 'image')} ${what[groupCount === 1 ? 0 : 1]}${sure}${so}${later}`;
  return [
    {
      code,
      level,
      count: groupCount,
      message,
      remedy: willStraddle ? `${remedy} Frames of one recording stay together with --group-by.` : remedy,
      examples: examples.map(describeGroup),
    },
  ];
}

/** `cats/1.png = dogs/2.png`; with a wave where they just look the same */
function describeGroup({ images, imageCount, identical }: FoundGroup): string {
  const more = imageCount > images.length ? ` and ${formatCount(imageCount - images.length)} more` : '';
  return `${images.join(identical ? ' = ' : ' ~ ')}${more}`;
}
