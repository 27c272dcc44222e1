import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built program's entry. */
export const programPath = fileURLToPath(new URL('../../bin/cnnviz.js', import.meta.url));

export interface ProgramResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface ProgramSettings {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** flags for Node itself */
  nodeArguments?: string[];
}

/** What is said to the tests, and what TensorFlow leaves in the environment where it is loaded: a program under test has none. */
export const environmentOfTests = {
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  CNNVIZ_BACKEND: undefined,
  TF_CPP_MIN_LOG_LEVEL: undefined,
};

/** That of the tests, without what is said to them: `spawn` leaves out what is undefined. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...environmentOfTests };
}

/** Runs `cnnviz ...args` in a process of its own, not on a terminal. */
export async function runProgram(args: string[], settings: ProgramSettings = {}): Promise<ProgramResult> {
  const child = spawn(process.execPath, [...(settings.nodeArguments ?? []), programPath, ...args], {
    cwd: settings.cwd,
    env: { ...ownEnvironment(), ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result: ProgramResult = { exitCode: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
  });
  result.exitCode = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return result;
}
