import { readFileSync, readlinkSync } from 'node:fs';

/** A process on this machine, distinguished from a later one with the same id. */
export interface ProcessStamp {
  pid: number;
  /** start time in the kernel's ticks since boot; empty where it cannot be read */
  started: string;
}

/** Reads the stamp of a running process, or undefined where there is none with that id. */
export function stampProcess(pid: number): ProcessStamp | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined; // EPERM: it runs, and is another user's
  }
  return { pid, started: readStart(pid) };
}

/** Whether the process that was stamped still runs. */
export function isRunning({ pid, started }: ProcessStamp): boolean {
  const now = stampProcess(pid);
  return now !== undefined && now.started === started;
}

/** Field 22 of /proc/PID/stat, counted behind the name, which may hold blanks and parentheses (proc(5)). */
function readStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/**
 * Where process ids mean the same as here: this start of the machine, and this container. Two containers can have one host
 * name, and each its own process 1. Empty where the system does not say.
 */
export function readMachine(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
