// The public API, in the order of the work. Each command of the command line is one call of the function of its name.

export { captureActivations, type LayerActivation } from './activations/capture.js';
export { type LayerSelection, selectLayers } from './activations/select-layers.js';

// Set-up
export { type BackendChoice, type BackendName, type SelectedBackend, selectBackend } from './backend/select.js';
export { decodeImage } from './dataset/decode.js';
export type { ImageFolder } from './dataset/image-folder.js';
export { scanImageFolder } from './dataset/scan.js';
export { CnnvizError, type ErrorCode } from './errors.js';
export type { Network } from './model/network.js';
// Pictures
export type { Plane, PlaneStatistics } from './plane.js';
export type { Raster } from './raster.js';
export { encodePng } from './rendering/png.js';
// What the layers see
export { type ActivationsResult, activations } from './workflows/activations.js';
export type { ActivationsOptions } from './workflows/activations-options.js';
export { type DoctorReport, doctor } from './workflows/doctor.js';
export { type EvaluateResult, evaluate } from './workflows/evaluate.js';
export type { EventListener, WorkflowEvent } from './workflows/events.js';
export { type LoadedNetwork, loadNetwork } from './workflows/load-network.js';
export type { EvaluateOptions, PredictOptions } from './workflows/model-options.js';
export { type PredictResult, predict } from './workflows/predict.js';
export { type RenderOptions, renderActivations } from './workflows/render-activations.js';
// Photographs
export { type SampleDataResult, sampleData } from './workflows/sample-data.js';
export type { SampleDataOptions } from './workflows/sample-data-options.js';
export { type SetupOptions, type SetupResult, setup } from './workflows/setup.js';
// Training
export { type SummaryOptions, type SummaryResult, summary } from './workflows/summary.js';
export { type TrainResult, train } from './workflows/train.js';
export type { TrainOptions } from './workflows/train-options.js';
