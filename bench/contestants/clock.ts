/** Starts a clock; reading it gives the milliseconds since then: wall, and CPU (user and system, all threads). */
export function startClock(): () => { wallMs: number; cpuMs: number } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs, cpuMs: (user + system) / 1e3 };
  };
}

/** The last line of a contestant's output: its own numbers, by metric key. */
export function report(numbers: Record<string, number>): void {
  console.log(`\n${JSON.stringify({ bench: numbers })}`);
}

/** Times steps after some to warm up, and reports the mean of one. */
export async function reportSteps(takeStep: () => Promise<unknown>, warmUp: number, steps: number): Promise<void> {
  for (let step = 0; step < warmUp; step++) await takeStep();
  const read = startClock();
  for (let step = 0; step < steps; step++) await takeStep();
  const { wallMs, cpuMs } = read();
  report({ wallMs: wallMs / steps, cpuMs: cpuMs / steps });
}
