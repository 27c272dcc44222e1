// Several workers on this machine, for tests: each a process of the built program.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { programPath } from '../../cli/run-program.js';

export interface Worker {
  process: ChildProcess;
  /** all that it has printed so far */
  text(): string;
  /** resolves when it has printed this */
  said(text: string): Promise<void>;
  exitCode: Promise<number | null>;
}

/** Starts one worker of each list of arguments. */
export async function startWorkers(cwd: string, commands: readonly (readonly string[])[]): Promise<Worker[]> {
  const worker = (await findPorts(commands.length)).map((port) => `127.0.0.1:${port}`);
  return commands.map((args, index) =>
    startWorker(cwd, args, { cluster: { worker }, task: { type: 'worker', index } }),
  );
}

export function startWorker(cwd: string, args: readonly string[], config: object): Worker {
  const env = {
    ...process.env,
    TF_CONFIG: JSON.stringify(config),
    TF_NUM_INTRAOP_THREADS: '1',
    CNNVIZ_BACKEND: 'auto',
  };
  const child = spawn(process.execPath, [programPath, 'train', ...args], { cwd, env });
  let printed = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      for (const listener of listeners) listener();
    });
  }
  return {
    process: child,
    text: () => printed,
    said: (text) =>
      new Promise((resolve) => {
        const listener = () => {
          if (!printed.includes(text)) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
        listener();
      }),
    exitCode: once(child, 'close').then(([code]) => code as number | null),
  };
}

export async function findPorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
