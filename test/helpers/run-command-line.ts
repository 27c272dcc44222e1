import type { Command } from 'commander';
import { reportFailure } from '../../src/cli/failure.js';
import { createTerminal } from '../../src/cli/terminal.js';
import { buildProgram } from '../../src/program.js';
import { type MemoryStream, memoryStream } from '../cli/memory-stream.js';

/** The command line in this process, and what it prints. */
export function buildTestProgram(): { program: Command; stdout: MemoryStream; stderr: MemoryStream } {
  const [stdout, stderr] = [memoryStream(), memoryStream()];
  const interruption = {
    listen: () => new AbortController().signal,
    exitCode: undefined,
    adopt: () => undefined,
    endWithTerminal: () => undefined,
  };
  return { program: buildProgram({ terminal: createTerminal(stdout, stderr, {}), interruption }), stdout, stderr };
}

/** Runs `cnnviz ...args` in this process, as `main` does. */
export async function runCommandLine(args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const { program, stdout, stderr } = buildTestProgram();
  let exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = reportFailure(error, createTerminal(stdout, stderr, {}));
  }
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}
