import type { Command } from 'commander';
import { vi } from 'vitest';
import { reportFailure } from '../../src/cli/failure.js';
import { createTerminal, type Terminal } from '../../src/cli/terminal.js';
import { buildProgram, COMMANDS } from '../../src/program.js';
import { type MemoryStream, memoryStream } from '../cli/memory-stream.js';

/** The command line in this process, and what it prints. */
export function buildTestProgram(commands = COMMANDS): {
  program: Command;
  terminal: Terminal;
  stdout: MemoryStream;
  stderr: MemoryStream;
} {
  const [stdout, stderr] = [memoryStream(), memoryStream()];
  const terminal = createTerminal(stdout, stderr, {});
  const interruption = {
    listen: () => new AbortController().signal,
    exitCode: undefined,
    adopt: () => undefined,
    endWithTerminal: () => undefined,
  };
  return { program: buildProgram({ terminal, interruption }, commands), terminal, stdout, stderr };
}

/** Runs `cnnviz ...args` in this process, as `main` does: where the process is not what is tested, it need not start. */
export async function runCommandLine(
  args: string[],
  commands = COMMANDS,
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const { program, terminal, stdout, stderr } = buildTestProgram(commands);
  let exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = reportFailure(error, terminal);
  }
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** The same in a folder of its own and with more environment: what `runProgram` does in a process of its own. */
export async function runCommandLineIn(
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
  args: string[],
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const own = process.cwd();
  process.chdir(cwd);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return await runCommandLine(args);
  } finally {
    vi.unstubAllEnvs();
    process.chdir(own);
  }
}
