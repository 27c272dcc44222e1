import {
  bytesField,
  doubleField,
  floatField,
  join,
  messageField,
  packedDoubleField,
  varintField,
} from '../../base/protobuf.js';
import { countBins } from './histogram.js';

// TensorBoard's messages Event and Summary, as far as they are needed: tensorboard/compat/proto/{event,summary}.proto.

/** What TensorBoard shows under a tag at one step. */
export type Summary = { tag: string } & (
  | { scalar: number }
  /** numbers whose distribution is shown */
  | { values: Float32Array }
  | { picture: { width: number; height: number; png: Uint8Array } }
);

/** An event without its time. */
export type EventContent =
  /** the first of every file */
  | { kind: 'version' }
  /** the run goes on here: TensorBoard forgets what earlier files have of this step and later ones */
  | { kind: 'restart'; step: number }
  | { kind: 'summaries'; step: number; summaries: readonly Summary[] };

const SESSION_START = 1;

/** @param wallTime seconds since 1970 */
export function encodeEvent(event: EventContent, wallTime: number): Uint8Array {
  const time = doubleField(1, wallTime);
  switch (event.kind) {
    case 'version':
      return join([time, bytesField(3, 'brain.Event:2')]);
    case 'restart':
      return join([time, varintField(2, event.step), messageField(7, [varintField(1, SESSION_START)])]);
    case 'summaries':
      return join([time, varintField(2, event.step), messageField(5, event.summaries.flatMap(valueFields))]);
  }
}

/** The field of one value; none for numbers of which none is finite. */
function valueFields(summary: Summary): Uint8Array[] {
  const content = contentField(summary);
  return content === undefined ? [] : [messageField(1, [bytesField(1, summary.tag), content])];
}

function contentField(summary: Summary): Uint8Array | undefined {
  if ('scalar' in summary) return floatField(2, summary.scalar);
  if ('values' in summary) return histogramField(summary.values);
  const { width, height, png } = summary.picture;
  const rgba = 4;
  return messageField(4, [varintField(1, height), varintField(2, width), varintField(3, rgba), bytesField(4, png)]);
}

function histogramField(values: Float32Array): Uint8Array | undefined {
  const histogram = countBins(values);
  if (histogram === undefined) return undefined;
  const { min, max, count, sum, sumOfSquares, limits, counts } = histogram;
  return messageField(5, [
    ...[min, max, count, sum, sumOfSquares].map((metric, index) => doubleField(index + 1, metric)),
    packedDoubleField(6, limits),
    packedDoubleField(7, counts),
  ]);
}
