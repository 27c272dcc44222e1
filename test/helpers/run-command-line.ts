import type { Command } from 'commander';
import { reportFailure } from '../../src/cli/failure.js';
import { createTerminal, type Terminal } from '../../src/cli/terminal.js';
import { buildProgram } from '../../src/program.js';
import { type MemoryStream, memoryStream } from '../cli/memory-stream.js';
import { environmentOfTests } from '../cli/run-program.js';

interface TestProgram {
  program: Command;
  terminal: Terminal;
  stdout: MemoryStream;
  stderr: MemoryStream;
}

/** The command line in this process, and what it prints. */
export function buildTestProgram(): TestProgram {
  const [stdout, stderr] = [memoryStream(), memoryStream()];
  const terminal = createTerminal(stdout, stderr, {});
  const interruption = {
    listen: () => new AbortController().signal,
    exitCode: undefined,
    adopt: () => undefined,
    endWithTerminal: () => undefined,
  };
  return { program: buildProgram({ terminal, interruption }), terminal, stdout, stderr };
}

/**
 * Runs `cnnviz ...args` in this process, as `main` does: where the process is not what is tested, it need not start.
 *
 * @param built may have run others: for many lines it is built once
 * @returns what this line printed
 */
export async function runCommandLine(
  args: string[],
  built = buildTestProgram(),
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const { program, terminal, stdout, stderr } = built;
  const [out, err] = [stdout.text().length, stderr.text().length];
  let exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = reportFailure(error, terminal);
  }
  return { exitCode, stdout: stdout.text().slice(out), stderr: stderr.text().slice(err) };
}

/** The same in a folder of its own and with more environment: what `runProgram` does in a process of its own. */
export async function runCommandLineIn(
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
  args: string[],
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const own = process.cwd();
  process.chdir(cwd);
  const restore = changeEnvironment({ ...environmentOfTests, ...env });
  try {
    return await runCommandLine(args);
  } finally {
    restore();
    process.chdir(own);
  }
}

/**
 * @param wanted undefined: without this one
 * @returns what puts back the ones before, and leaves all others
 */
function changeEnvironment(wanted: NodeJS.ProcessEnv): () => void {
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(wanted)) set(name, value);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
}
