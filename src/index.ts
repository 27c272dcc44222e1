// The public API, in the order of the work. Each command of the command line is one call of the function of its name.

export { CnnvizError, type ErrorCode } from './errors.js';
export type { EventListener, WorkflowEvent } from './workflows/events.js';

// What computes
export { type BackendChoice, type BackendName, type SelectedBackend, selectBackend } from './backend/select.js';
export { type SetupOptions, type SetupResult, setup } from './workflows/setup.js';
export { type DoctorReport, doctor } from './workflows/doctor.js';

// Photographs
export type { SplitOptions } from './workflows/split-options.js';
export { type SplitResult, split } from './workflows/split.js';
export type { SampleDataOptions } from './workflows/sample-data-options.js';
export { type SampleDataResult, sampleData } from './workflows/sample-data.js';
export type { CheckOptions } from './workflows/check-options.js';
export type { Finding } from './workflows/describe-findings.js';
export { type CheckResult, check } from './workflows/check.js';
export type { ImageFolder } from './dataset/image-folder.js';
export { scanImageFolder } from './dataset/scan.js';
export type { Preprocessing } from './dataset/preprocessing.js';
export { decodeImage } from './dataset/decode.js';

// How they are changed in training
export type { AugmentationOptions } from './dataset/augmentation.js';
export type { ImageTransform } from './dataset/image-transform.js';
export type { AugmentOptions } from './workflows/augment-options.js';
export { type AugmentResult, augment } from './workflows/augment.js';

// Training and what it came to
export { type SummaryOptions, type SummaryResult, summary } from './workflows/summary.js';
export type { CallbackOptions } from './workflows/callback-options.js';
export type { TrainOptions } from './workflows/train-options.js';
export { RECIPES, type RecipeName } from './workflows/recipes.js';
export { type TrainResult, train } from './workflows/train.js';
export type { EvaluateOptions, OrientationOptions, PredictOptions } from './workflows/model-options.js';
export { type EvaluateResult, evaluate } from './workflows/evaluate.js';
export type { SplitChoice } from './workflows/split-parts.js';
export type { Overlap } from './workflows/run-overlap.js';
export type { ClassCount, FolderCount, PredictionCounts } from './workflows/count-predictions.js';
export { type PredictResult, predict } from './workflows/predict.js';

// What the layers see
export type { ActivationsOptions } from './workflows/activations-options.js';
export { type ActivationsResult, activations } from './workflows/activations.js';
export type { Network } from './model/network.js';
export { type LoadedNetwork, loadNetwork } from './workflows/load-network.js';
export { type LayerSelection, selectLayers } from './activations/select-layers.js';
export { captureActivations, type LayerActivation } from './activations/capture.js';

// What the channels do on a folder of images
export type { ChannelsOptions } from './workflows/channels-options.js';
export { type ChannelsResult, channels } from './workflows/channels.js';
export { mergeChannels } from './workflows/merge-channels.js';
export type { MergeChannelsOptions } from './workflows/merge-channels-options.js';
export type { ChannelReport } from './channels/report.js';
export { readChannelReport } from './channels/read-report.js';

// What the convolutions have learned
export type { KernelsOptions } from './workflows/kernels-options.js';
export { type KernelsResult, kernels } from './workflows/kernels.js';

// Why the network says what it says
export type { ExplainOptions } from './workflows/explain-options.js';
export { type ExplainResult, explain } from './workflows/explain.js';
export type { ScoreNetwork } from './model/scores.js';

// All of it on one page
export type { ReportOptions } from './workflows/report-options.js';
export { type ReportResult, report } from './workflows/report.js';

// Pictures of it
export type { Plane, PlaneStatistics } from './plane.js';
export type { Raster } from './raster.js';
export { type RenderOptions, renderActivations } from './workflows/render-activations.js';
export { encodePng } from './rendering/png.js';
