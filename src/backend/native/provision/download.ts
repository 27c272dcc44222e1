// Downloads the wheel of TensorFlow through pip, with progress.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CnnvizError } from '../../../base/errors.js';
import type { StepContext } from './events.js';
import { commandFailure, setupFailure } from './failures.js';
import { type CommandResult, runCommand } from './run-command.js';
import type { Wheel } from './wheel.js';

const HINT = "Check the network and pip's package index (pip config list), or use `cnnviz setup --from FILE.whl`.";

/** Downloads the official wheel into `folder` through whatever index pip is set up for; returns its path. */
export async function downloadWheel(folder: string, wheel: Wheel, context: StepContext): Promise<string> {
  const stopWatching = watchSize(folder, wheel.bytes, context);
  try {
    const options = ['--no-deps', '--only-binary=:all:', '--retries', '1', '--no-input', '--progress-bar', 'off'];
    const result = await runCommand(
      'python3',
      ['-m', 'pip', 'download', ...options, ...wheel.pipTarget, '--dest', folder, wheel.requirement],
      { ...context, env: { ...process.env, TMPDIR: folder, PIP_DISABLE_PIP_VERSION_CHECK: '1', LC_ALL: 'C.UTF-8' } },
    );
    if (result.exitCode !== 0) throw downloadFailure(result, folder, wheel);
    return join(folder, wheel.fileName);
  } finally {
    stopWatching();
  }
}

function downloadFailure(result: CommandResult, folder: string, { requirement }: Wheel): CnnvizError {
  const noConnection = /connection broken|NewConnectionError|ConnectTimeout|ProxyError|Name or service not known/i;
  if (noConnection.test(result.stderr)) {
    return setupFailure(`pip could not reach its package index for ${requirement}`, HINT);
  }
  return commandFailure(`pip download ${requirement}`, result, folder, HINT);
}

/** pip's own progress depends on its version; the growing files in its folder do not. */
function watchSize(folder: string, totalBytes: number | undefined, { onEvent }: StepContext): () => void {
  if (totalBytes === undefined) return () => undefined;
  let watching = true;
  let doneBytes = 0;
  const timer = setInterval(async () => {
    doneBytes = Math.min(Math.max(doneBytes, await folderBytes(folder)), totalBytes);
    if (watching) onEvent({ type: 'setup-progress', step: 'download', doneBytes, totalBytes });
  }, 200);
  return () => {
    watching = false;
    clearInterval(timer);
  };
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size; // pip moves and removes files
  }
  return bytes;
}
