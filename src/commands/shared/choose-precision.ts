// What a network is computed in: as asked, where this machine can.

import { type Bfloat16Support, findBfloat16Support } from '../../backend/processor.js';
import type { BackendName } from '../../backend/tfjs/backend.js';
import { CnnvizError } from '../../base/errors.js';
import type { Precision } from '../../engines/contract/precision.js';
import type { EventListener } from './events.js';
import type { PrecisionChoice } from './model-options.js';

interface PrecisionFacts {
  backend: BackendName;
  support?: Bfloat16Support;
}

interface TrainingFacts extends PrecisionFacts {
  /** of the run that goes on, absent for anything else: kept where nothing else is asked for */
  recorded?: Precision | undefined;
  /** a training of which nobody has measured how good it becomes in bfloat16, in words: it is float32 unless asked */
  untried?: string | undefined;
}

const inBfloat16 = 'bfloat16 for convolutions and pooling, in training and in validation';

/**
 * The precision of a training, reported where it is not plain float32.
 *
 * @throws CnnvizError BAD_ARGUMENT where bfloat16 is asked for and cannot be had
 */
export function chooseTrainingPrecision(
  choice: PrecisionChoice,
  { backend, recorded, untried, support = findBfloat16Support() }: TrainingFacts,
  onEvent: EventListener,
): Precision {
  const note = (message: string) => onEvent({ type: 'note', message: `Precision: ${message}` });
  if (choice === 'auto' && recorded === undefined) {
    if (backend !== 'native' || support !== 'fast') return 'float32';
    if (untried !== undefined) {
      note(`float32 ${untried}; --precision bfloat16 makes a step take less than half the time on this processor`);
      return 'float32';
    }
    note(`${inBfloat16}; --precision float32 takes about twice the time on this processor`);
    return 'bfloat16';
  }
  const asked = choice === 'auto' ? recorded : choice;
  if (asked !== 'bfloat16') return 'float32';
  const resumed = 'With --precision float32 the run goes on, but not bit-for-bit identical to an uninterrupted one.';
  requireBfloat16({ backend, support }, recorded === 'bfloat16' ? resumed : 'Use --precision float32.');
  if (support === 'slow') warnOfSlowness(onEvent);
  else note(inBfloat16);
  return 'bfloat16';
}

/**
 * The precision of a network that is in use: float32 unless asked.
 *
 * @throws CnnvizError BAD_ARGUMENT where bfloat16 is asked for and cannot be had
 */
export function chooseInferencePrecision(
  choice: PrecisionChoice,
  { backend, support = findBfloat16Support() }: PrecisionFacts,
  onEvent: EventListener,
): Precision {
  if (choice !== 'bfloat16') return 'float32';
  requireBfloat16({ backend, support }, 'Use --precision float32.');
  if (support === 'slow') warnOfSlowness(onEvent);
  onEvent({
    type: 'note',
    message: 'Precision: bfloat16; probabilities can differ from those in float32 by about 0.01',
  });
  return 'bfloat16';
}

function requireBfloat16({ backend, support }: Required<PrecisionFacts>, hint: string): void {
  if (backend === 'native' && support !== 'none') return;
  const needed = backend === 'native' ? 'a processor with AVX-512' : `the backend native, this is ${backend}`;
  throw new CnnvizError('BAD_ARGUMENT', `precision: bfloat16 needs ${needed}`, { options: ['precision'], hint });
}

function warnOfSlowness(onEvent: EventListener): void {
  const message = 'bfloat16 is slower than float32 on this processor, which lacks AMX: --precision float32 is faster';
  onEvent({ type: 'warning', message });
}
