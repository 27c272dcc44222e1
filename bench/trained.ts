import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Place, Scenario } from './scenario.js';

/**
 * A saved network for each side, for the scenarios that only run one. What it was taught does not matter to the time it
 * takes, so one step of training has to do.
 */
export function provideTrained(
  repository: string,
  cache: string,
  photographs: string,
  python: string | undefined,
  scenarios: readonly Scenario[],
): Place['trained'] {
  const run = join(cache, 'run');
  const keras = join(cache, 'network.keras');
  if (!scenarios.some(({ needsTrained }) => needsTrained)) return { run, keras };

  rmSync(run, { recursive: true, force: true });
  const brief = ['--epochs', '1', '--steps-per-epoch', '1', '--validation-steps', '1', '--quiet'];
  const train = [join(repository, 'bin/cnnviz.js'), 'train', '--data', photographs, '--out', run, ...brief];
  execFileSync(process.execPath, train, { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] });

  if (python && !existsSync(keras)) {
    execFileSync(python, [join(repository, 'bench/peers/keras_save.py'), keras], { stdio: 'ignore' });
  }
  return { run, keras };
}
