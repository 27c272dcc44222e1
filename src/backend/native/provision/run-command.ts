import { spawn } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  /** null when it could not be started or was killed */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** the command was not found */
  missing: boolean;
}

interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** Runs a command to its end with nothing on its standard input. Rejects only when aborted. */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (options.signal?.aborted) reject(error);
      else resolve({ exitCode: null, signal: null, stdout, stderr: error.message, missing: error.code === 'ENOENT' });
    });
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr, missing: false }));
  });
}

/** The last line that is not blank: where a command says what went wrong. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
