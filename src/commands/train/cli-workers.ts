// `--workers N`: as many processes on this machine, in a network of their own where the system lets one.

import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { availableParallelism, constants } from 'node:os';
import { ChildEnded } from '../../cli/child-ended.js';
import { chooseExitCode } from './choose-exit-code.js';
import type { TrainOptions } from './options.js';

/** Set for processes that only see each other: nobody else reaches their ports. */
const OWN_NETWORK = 'CNNVIZ_OWN_NETWORK';
/** Set for those that were started here: `--workers` is done. */
const LAUNCHED = 'CNNVIZ_LAUNCHED';

/** How many processes the option asks for; undefined: it names addresses, or this is one of them. */
export function readProcessCount({ workers, cluster }: TrainOptions): number | undefined {
  // Together with a scheduler's cluster it is refused.
  const isOwn = cluster === undefined && !isLaunched();
  return workers !== undefined && /^\d+$/.test(workers) && isOwn ? Number(workers) : undefined;
}

export function isLaunched(): boolean {
  return process.env[LAUNCHED] === '1';
}

/** Runs this command line as several workers. @param live browsers are to reach the first one @throws always: ChildEnded, with the exit code */
export async function launchWorkers(count: number, live = false): Promise<never> {
  if (!live && process.env[OWN_NETWORK] === undefined && canHaveOwnNetwork()) {
    const args = ['-rn', '--', 'sh', '-c', `${LOOPBACK_UP} && exec "$@"`, 'sh', ...ownCommand()];
    const env = { ...process.env, [OWN_NETWORK]: '1' };
    throw new ChildEnded(await waitForAll([spawn('unshare', args, { stdio: 'inherit', env, detached: true })]));
  }
  const ports = await findFreePorts(count);
  const worker = ports.map((port) => `127.0.0.1:${port}`);
  const threads = String(Math.max(1, Math.floor(availableParallelism() / count)));
  const children = worker.map((_, index) => {
    const env = {
      TF_NUM_INTRAOP_THREADS: threads,
      ...process.env,
      [LAUNCHED]: '1',
      TF_CONFIG: JSON.stringify({ cluster: { worker }, task: { type: 'worker', index } }),
    };
    return startWorker(index, env);
  });
  throw new ChildEnded(await waitForAll(children));
}

const LOOPBACK_UP = 'ip link set lo up';

/** A network namespace without root needs user namespaces, which some systems forbid. */
function canHaveOwnNetwork(): boolean {
  return spawnSync('unshare', ['-rn', '--', 'sh', '-c', LOOPBACK_UP], { stdio: 'ignore' }).status === 0;
}

function ownCommand(): [string, ...string[]] {
  return [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
}

/** Worker 0 has this process's streams; of the others nothing but errors is to be seen. */
function startWorker(index: number, env: NodeJS.ProcessEnv): ChildProcess {
  const [program, ...args] = ownCommand();
  const stdio: StdioOptions = index === 0 ? 'inherit' : ['ignore', 'ignore', 'inherit'];
  return spawn(program, args, { stdio, env, detached: true });
}

/** What a terminal sends to the processes in its foreground, to which its children do not belong, and what ends a process. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGWINCH'] as const;

/** Forwards each signal once. @returns the exit code of all */
async function waitForAll(children: readonly ChildProcess[]): Promise<number> {
  const forward = (signal: NodeJS.Signals) => {
    for (const child of children) child.kill(signal);
  };
  // First of all: the second signal ends this process at once.
  for (const signal of FORWARDED) process.prependListener(signal, forward);
  const codes = await Promise.all(
    children.map(async (child) => {
      const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      return code ?? 128 + constants.signals[signal as NodeJS.Signals];
    }),
  );
  for (const signal of FORWARDED) process.off(signal, forward);
  return chooseExitCode(codes);
}

async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
