// Preloaded into every contestant that runs on Node: writes what the process used to the file BENCH_USAGE names.
import { writeFileSync } from 'node:fs';

const file = process.env.BENCH_USAGE;
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // microseconds and kilobytes of 1024 bytes
  if (file) writeFileSync(file, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1e3, peakMB: maxRSS / 1e3 }));
});
