import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { Engine } from '../../engines/contract/engine.js';
import type { LayerComputation } from '../../network/computation.js';
import type { ModelDescription } from '../../network/description.js';
import type { WeightsChoice } from '../../runs/run.js';

/** A trained network, ready to run. */
export interface TrainedNetwork {
  network: Engine;
  description: ModelDescription;
  /** what each layer computes, with its weights where those are no more than `most` numbers */
  readComputations(most?: number): Promise<LayerComputation[]>;
  backend: SelectedBackend;
  /** how images become its input */
  preprocessing: Preprocessing;
  /** where it was found */
  place: { path: string; weights?: WeightsChoice; epoch?: number };
  dispose(): void;
}
