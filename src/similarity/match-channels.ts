// Which channel of one network does what a channel of another does.

/** A channel and its partner in the other network. */
export interface ChannelPartner {
  /** from 0 */
  channel: number;
  /** null for a channel that is the same everywhere: it correlates with nothing */
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
 * one layer has more channels than the other, some stay without a partner.
 */
export async function pairChannels(correlations: readonly Float64Array[]): Promise<ChannelPartner[]> {
  const { default: munkres } = await import('munkres');
  const costs = correlations.map((row) => Array.from(row, (correlation) => 1 - (correlation || 0)));
  const partners = new Map(munkres(costs));
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
