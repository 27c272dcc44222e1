// Several workers on this machine, for tests: each a process of the built program.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ownEnvironment, programPath } from '../../cli/run-program.js';

export interface Worker {
  process: ChildProcess;
  /** all that it has printed so far */
  text(): string;
  /** resolves when it has printed this; rejects where it ends without */
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

/** @param config TF_CONFIG; null: this process trains alone */
export function startWorker(
  cwd: string,
  args: readonly string[],
  config: object | null,
  more: NodeJS.ProcessEnv = {},
): Worker {
  const env = {
    ...ownEnvironment(),
    ...(config !== null && { TF_CONFIG: JSON.stringify(config) }),
    TF_NUM_INTRAOP_THREADS: '1',
    CNNVIZ_BACKEND: 'auto',
    ...more,
  };
  const child = spawn(process.execPath, [programPath, 'train', ...args], { cwd, env });
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
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
      new Promise((resolve, reject) => {
        const listener = () => {
          if (!printed.includes(text)) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
        listener();
        exitCode.then((code) => reject(new Error(`ended with ${code} before it said "${text}":\n${printed}`)));
      }),
    exitCode,
  };
}

export async function findPorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Where a link leads; nothing where what was open is closed meanwhile. */
function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The ports on which a process takes connections, as Linux lists them. */
export function listListening({ pid }: ChildProcess): number[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${name}`)) ?? [];
      return inode === undefined ? [] : [inode];
    }),
  );
  const rows = ['tcp', 'tcp6'].flatMap((name) => readFileSync(`/proc/${pid}/net/${name}`, 'utf8').split('\n').slice(1));
  return rows.flatMap((row) => {
    const [, local, , state, , , , , , inode = ''] = row.trim().split(/\s+/);
    return state === '0A' && own.has(inode) ? [Number.parseInt(local?.split(':')[1] as string, 16)] : [];
  });
}

/**
 * A network between two workers: what comes to its port goes on to another, until it is cut. Nobody is told of that, but new
 * connections can be refused.
 */
export async function openLink(to: number): Promise<{ port: number; cut(refuses?: boolean): void; close(): void }> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket.on('error', () => other.destroy()).on('close', () => other.destroy()));
    socket.on('data', (bytes) => isCut || other.write(bytes));
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    if (isCut) return;
    const other = connect({ port: to, host: '127.0.0.1' });
    keep(socket, other);
    keep(other, socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut: (refuses = false) => {
      isCut = true;
      if (refuses) server.close();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
