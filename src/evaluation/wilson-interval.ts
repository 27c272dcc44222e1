/** 97.5 % of a normal distribution lie below it, so 95 % between it and its negative. */
const Z = 1.959963984540054;

/** An interval that holds a fraction with 95 % confidence, 0..1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The 95 % confidence interval of a fraction that was found in a sample: Wilson's score interval (E. B. Wilson, "Probable
 * Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927), which holds at 0 and 1 and for few images.
 *
 * @param count of all, at least 1
 */
export function wilsonInterval(successCount: number, count: number): Interval {
  const fraction = successCount / count;
  const shrinkage = 1 + Z ** 2 / count;
  const center = (fraction + Z ** 2 / (2 * count)) / shrinkage;
  const half = (Z / shrinkage) * Math.sqrt((fraction * (1 - fraction)) / count + Z ** 2 / (4 * count ** 2));
  return {
    low: successCount === 0 ? 0 : center - half,
    high: successCount === count ? 1 : center + half,
  };
}
