// A layer that was shown, in lines of text.

import { isContribution } from '../../activations/rank-channels.js';
import { formatAmount } from '../../base/counts.js';
import { formatNumber, formatSigned } from '../../base/numbers.js';
import { formatShape } from '../../cli/format.js';
import type { EventDescribers, EventLine } from '../terminal/event-line.js';
import { inColumn } from '../terminal/in-column.js';
import type { LayerEvent } from './events.js';

export const layerDescribers: EventDescribers<LayerEvent> = { layer: describeLayer };

function describeLayer({ name, shape, zeroCount, nonFiniteCount, rankedBy, by, top = [] }: LayerEvent): EventLine[] {
  const noun = shape.length === 4 ? 'channel' : 'unit';
  const zeros = zeroCount === 0 ? '' : `  ${formatAmount(zeroCount, noun)} all 0`;
  const lines: EventLine[] = [{ kind: 'result', text: inColumn(name, `${formatShape(shape)}${zeros}`) }];
  if (top.length > 0) {
    const format = isContribution(by) ? formatSigned : formatNumber;
    const named = top.slice(0, 5).map(({ channel, value }) => `${channel} (${format(value)})`);
    const more = top.length > named.length ? ', ...' : '';
    lines.push({
      kind: 'result',
      text: inColumn('', `strongest by ${rankedBy}: ${named.join(', ')}${more}`),
    });
  }
  if (nonFiniteCount === 0) return lines;
  const text = `${name}: NaN or infinite values in ${formatAmount(nonFiniteCount, 'channel')} of ${shape.at(-1)}`;
  return [...lines, { kind: 'warning', text }];
}
