// Which channel of one network does what a channel of another does.

/** A channel and its partner in the other network. */
export interface ChannelPartner {
  /** from 0 */
  channel: number;
  /** null for a channel that is the same everywhere, which correlates with nothing, and where the other network has too few */
  partner: number | null;
  /** -1..1 */
  correlation: number;
}

/** For each channel of the first layer the most correlated one of the second: several may have the same. @param correlations a row a channel */
export function findBestPartners(correlations: readonly Float64Array[]): ChannelPartner[] {
  return correlations.map((row, channel) => {
    let partner: number | null = null;
    row.forEach((correlation, index) => {
      if (Number.isNaN(correlation)) return;
      if (partner === null || correlation > (row[partner] as number)) partner = index;
    });
    return describePartner(correlations, channel, partner);
  });
}

/** More channels than these take minutes to pair. */
export const pairedAtMost = 1024;

/**
 * Pairs channels one to one so that the sum of the correlations is the largest (Li et al., 2015), by the Hungarian algorithm. Where
 * one layer has more channels than the other, some stay without a partner. Channels that are the same everywhere take no part: one
 * of them would be a better partner than one that correlates negatively.
 */
export async function pairChannels(correlations: readonly Float64Array[]): Promise<ChannelPartner[]> {
  const { default: munkres } = await import('munkres');
  const isKnown = (correlation: number) => !Number.isNaN(correlation);
  const rows = [...correlations.keys()].filter((row) => correlations[row]?.some(isKnown));
  const first = correlations[rows[0] ?? 0] ?? [];
  const columns = [...first.keys()].filter((column) => isKnown(first[column] as number));
  if (rows.length === 0) return findBestPartners(correlations);
  const costs = rows.map((row) => columns.map((column) => 1 - (correlations[row]?.[column] || 0)));
  const pairs = munkres(costs).map(([row, column]) => [rows[row] as number, columns[column] as number] as const);
  const partners = new Map(pairs);
  return correlations.map((_, channel) => describePartner(correlations, channel, partners.get(channel) ?? null));
}

function describePartner(
  correlations: readonly Float64Array[],
  channel: number,
  partner: number | null,
): ChannelPartner {
  const correlation = partner === null ? Number.NaN : (correlations[channel]?.[partner] as number);
  return Number.isNaN(correlation) ? { channel, partner: null, correlation: 0 } : { channel, partner, correlation };
}
