// The numbers at an axis.

/** Round numbers within a range, some `count` of them, each with as many digits as all need. */
export function chooseTicks(low: number, high: number, count: number): { value: number; text: string }[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
    ticks.push({ value: index * step, text: (index * step).toFixed(digits) });
  }
  return ticks;
}
