// Sentences about layers and channels, generated from plain numbers. "Fires" means: is above 0.

import { formatAmount, formatCount } from '../base/counts.js';
import { formatNumber } from '../base/numbers.js';
import type { PlaneStatistics } from '../base/plane.js';
import { describePlace, type Firing } from './firing.js';

/** What is known of one channel on one image. */
export interface ChannelFacts {
  /** a unit is a channel of a layer without height and width: one value */
  kind: 'channel' | 'unit';
  /** in its layer, from 0 */
  number: number;
  statistics: Pick<PlaneStatistics, 'min' | 'max' | 'nonFiniteCount'>;
  firing: Firing;
  /** gradient times activation, summed: what the channel adds to the score of a class, to first order */
  contribution?: { className: string; value: number };
  /** over a folder of images, where it was examined */
  overImages?: FiringImages;
}

/** On how many images a channel fires anywhere. */
export interface FiringImages {
  imageCount: number;
  /** 0..1, of all images */
  firingFraction: number;
  /** where the images have classes; firingFraction: 0..1, of the class's images */
  classes: readonly { className: string; firingFraction: number }[];
}

/** What is known of a whole layer on one image. */
export interface LayerFacts {
  kind: 'channel' | 'unit';
  /** of each channel */
  channels: readonly Pick<ChannelFacts, 'statistics' | 'firing'>[];
  /** where its channels were ranked: the first of them, and by what, in words */
  strongest?: { by: string; number: number; value: number };
}

/** One sentence: `channel 17: fires on 3 % of pixels, mostly upper left; on 81 % of dogs, 12 % of cats`. */
export function captionChannel(facts: ChannelFacts): string {
  const { kind, number, contribution, overImages } = facts;
  const clauses = [describeOnImage(facts)];
  if (overImages !== undefined) clauses.push(describeOverImages(overImages, facts.firing.fraction > 0));
  if (contribution !== undefined) {
    const sign = contribution.value > 0 ? '+' : '';
    clauses.push(`contributes ${sign}${formatNumber(contribution.value)} to the score of ${contribution.className}`);
  }
  return `${kind} ${number}: ${clauses.join('; ')}`;
}

function describeOnImage({
  kind,
  statistics: { min, max, nonFiniteCount },
  firing,
}: Pick<ChannelFacts, 'kind' | 'statistics' | 'firing'>): string {
  if (nonFiniteCount > 0)
    return kind === 'unit' ? 'NaN or infinite' : `NaN or infinite in ${formatAmount(nonFiniteCount, 'value')}`;
  if (min === 0 && max === 0) return kind === 'unit' ? '0 on this image' : 'all 0 on this image';
  if (kind === 'unit') return formatNumber(max);
  if (min === max) return `${formatNumber(max)} everywhere`;
  if (firing.fraction === 0) return `nowhere above 0 on this image, at most ${formatNumber(max)}`;
  const place = describePlace(firing);
  return [`fires on ${formatFiring(firing)} of pixels`, ...(place === undefined ? [] : [place])].join(', ');
}

/** A channel's facts for a table: the parts of its sentence. */
export interface ChannelWords {
  /** of the pixels, those that it fires on; of a unit and of a channel that has no place absent */
  fires?: string;
  /** where mostly, or what is odd about it */
  where?: string;
  /** on how many images, where that is known */
  overImages?: string;
}

export function summarizeChannel(facts: ChannelFacts): ChannelWords {
  const { kind, firing, overImages } = facts;
  const place = kind === 'channel' ? describePlace(firing) : undefined;
  const onImage = describeOnImage(facts);
  // Of a map that is not finite, or the same everywhere, nothing else is worth saying.
  const hasPlace = place !== undefined && onImage.startsWith('fires');
  return {
    ...(hasPlace && { fires: formatFiring(firing) }),
    ...(kind === 'channel' && { where: hasPlace ? place : onImage }),
    ...(overImages && { overImages: describeOverImages(overImages, true) }),
  };
}

/** How many classes a sentence names. */
const namedClasses = 3;

function describeOverImages({ imageCount, firingFraction, classes }: FiringImages, firesHere: boolean): string {
  const images = `${formatAmount(imageCount, 'image')} examined`;
  if (firingFraction === 0) return `${firesHere ? '' : 'dead: '}on none of the ${images}`;
  if (classes.length === 0) return `${firesHere ? '' : 'fires '}on ${formatShare(firingFraction)} of the ${images}`;
  const ranked = [...classes].sort((a, b) => b.firingFraction - a.firingFraction);
  const named = ranked.slice(0, namedClasses).map((each) => `${formatShare(each.firingFraction)} of ${each.className}`);
  const others = ranked.length - named.length;
  const rest =
    others === 0
      ? ''
      : `, no more often on ${others === 1 ? 'the remaining class' : `the ${others} remaining classes`}`;
  return `${firesHere ? '' : 'fires '}on ${named.join(', ')}${rest}`;
}

/** One sentence: `114 of 128 channels fire, on 21 % of all pixels; 14 are all 0 on this image`. */
export function captionLayer({ kind, channels, strongest }: LayerFacts): string {
  const [first] = channels;
  // Of a single unit there is nothing to count.
  if (kind === 'unit' && channels.length === 1 && first !== undefined)
    return `one unit: ${describeOnImage({ kind, ...first })}`;
  const clauses = [describeFiring(kind, channels)];
  const count = (holds: (statistics: ChannelFacts['statistics']) => boolean) =>
    channels.filter(({ statistics }) => holds(statistics)).length;
  const zero = count(({ min, max, nonFiniteCount }) => min === 0 && max === 0 && nonFiniteCount === 0);
  const broken = count(({ nonFiniteCount }) => nonFiniteCount > 0);
  if (zero > 0)
    clauses.push(`${formatCount(zero)} ${zero === 1 ? 'is' : 'are'} ${kind === 'unit' ? '0' : 'all 0'} on this image`);
  if (broken > 0) clauses.push(`${formatCount(broken)} ${broken === 1 ? 'has' : 'have'} NaN or infinite values`);
  if (strongest !== undefined) {
    clauses.push(`strongest by ${strongest.by}: ${kind} ${strongest.number}, ${formatNumber(strongest.value)}`);
  }
  return clauses.join('; ');
}

function describeFiring(kind: LayerFacts['kind'], channels: LayerFacts['channels']): string {
  const firing = channels.filter(({ firing: { fraction } }) => fraction > 0).length;
  const total = formatCount(channels.length);
  const fire = `${formatCount(firing)} of ${total} ${kind}s ${firing === 1 ? 'fires' : 'fire'}`;
  if (kind === 'unit') return fire;
  // All channels of a layer have as many values.
  const share = channels.reduce((sum, { firing: { fraction } }) => sum + fraction, 0) / channels.length;
  const isAtLeast = channels.some((channel) => channel.firing.isAtLeast);
  return `${fire}, on ${formatFiring({ fraction: share, isAtLeast })} of all pixels`;
}

/** How much fires; of a share that may be larger never more than is certain. */
function formatFiring({ fraction, isAtLeast = false }: Pick<Firing, 'fraction' | 'isAtLeast'>): string {
  if (!isAtLeast || fraction === 0 || fraction === 1) return formatShare(fraction);
  const percent = fraction * 100;
  const unit = percent < 1 ? 10 ** Math.floor(Math.log10(percent)) : 1;
  // What is a whole number but for the last bits is not made one less.
  return `at least ${Number((Math.floor(percent / unit + 1e-9) * unit).toPrecision(2))} %`;
}

/** A fraction as a percentage that says neither "none" nor "all" of what is not. */
function formatShare(fraction: number): string {
  if (fraction > 0 && fraction < 0.005) return 'under 1 %';
  if (fraction < 1 && fraction >= 0.995) return 'over 99 %';
  return `${Math.round(fraction * 100)} %`;
}
