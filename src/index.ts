// The public API, in the order of the work. Each command of the command line is one call of the function of its name.

export { CnnvizError, type ErrorCode, type ErrorDetails } from './base/errors.js';
export type { WorkflowEvent } from './events.js';
export type {
  DataEvent,
  EvaluationEvent,
  EventListener,
  ExplanationEvent,
  ImageEvent,
  ModelEvent,
  SharedEvent,
  WorkflowOptions,
} from './commands/shared/events.js';
export type { TrainingEvent } from './commands/train/events.js';
export type { LayerEvent } from './commands/activations/events.js';
export type { KernelsEvent } from './commands/kernels/events.js';
export type { PlacedEvent } from './commands/split/events.js';

// What computes
export type { BackendChoice, BackendName, BackendRefusal, SelectedBackend } from './backend/tfjs/backend.js';
export { selectBackend } from './backend/select.js';
export type { SetupOptions } from './commands/setup/options.js';
export { type SetupResult, setup } from './commands/setup/index.js';
export { type BackendReport, doctor, type DoctorReport } from './commands/doctor/index.js';
export type { Installation } from './backend/native/cache.js';
export type { SetupEvent, SetupStep } from './backend/native/provision/events.js';
export type { MissingTool } from './backend/native/provision/tools.js';

// Images
export type { SplitOptions } from './commands/split/options.js';
export { type Duplicates, split, type SplitResult } from './commands/split/index.js';
export type { SampleDataOptions } from './commands/sample-data/options.js';
export { type SampleDataResult, sampleData } from './commands/sample-data/index.js';
export type { CheckOptions } from './commands/check/options.js';
export type { Finding, FindingCode } from './commands/shared/describe-findings.js';
export { check } from './commands/check/index.js';
export type { CheckedClass, CheckResult } from './commands/check/result.js';
export type { ImageFolder, LabeledFile, SplitName, SplitPlace, UnusableSplit } from './dataset/folder/image-folder.js';
export { scanImageFolder, type ScanOptions } from './dataset/folder/scan.js';
export type { Interpolation, Preprocessing } from './dataset/decode/preprocessing.js';
export { decodeImage } from './dataset/decode/decode.js';
export type { BadFile } from './dataset/stream/batch.js';
export type { LeftOut, LeftOutReason } from './dataset/folder/left-out.js';
export type { SampleSplit } from './sample/parameters.js';
export type { ImageShapes, Spread } from './commands/check/image-shapes.js';
export type { DataFindings, FoundGroup, FoundGroups, FoundImages } from './dataset/examine/data-findings.js';

// How they are changed in training
export type { Augmentation, AugmentationOptions, FactorRange } from './dataset/augment/augmentation.js';
export type { ImageTransform } from './dataset/augment/image-transform.js';
export type { AugmentOptions } from './commands/augment/options.js';
export { type AugmentResult, augment } from './commands/augment/index.js';

// Training and its results
export type { SummaryOptions } from './commands/summary/options.js';
export { summary, type SummaryClass, type SummaryResult } from './commands/summary/index.js';
export type { CallbackOptions } from './commands/train/callback-options.js';
export type { TrainOptions } from './commands/train/options.js';
export { RECIPES } from './commands/train/recipes.js';
export type { RECIPE_NAMES, RecipeName } from './commands/train/recipe-names.js';
export { train } from './commands/train/index.js';
export type { TrainResult } from './commands/train/result.js';
export type { ModelOptions, OrientationOptions } from './commands/shared/model-options.js';
export type { EvaluateOptions } from './commands/evaluate/options.js';
export type { PredictOptions } from './commands/predict/options.js';
export { evaluate } from './commands/evaluate/index.js';
export type { EvaluateResult, WrongImage } from './commands/evaluate/result.js';
export type { SplitChoice } from './commands/shared/split-parts.js';
export type { Overlap } from './commands/shared/overlap.js';
export type { ClassCount, FolderCount, PredictionCounts } from './commands/predict/count-predictions.js';
export { type ImagePrediction, predict, type PredictResult } from './commands/predict/index.js';
export type { AssessedClass } from './evaluation/assess.js';
export type { Calibration, CalibrationBin } from './evaluation/calibration.js';
export type { ClassFigures } from './evaluation/class-figures.js';
export type { ConfusionMatrix } from './evaluation/confusion-matrix.js';
export type { Interval } from './evaluation/wilson-interval.js';
export type { LayerDescription, ModelDescription } from './network/describe.js';
export type { LockWaitingEvent } from './runs/run-lock.js';
export type { BestWeights, Resumption, RunRecord, SavedCheckpoint, SavedWeights, WeightsChoice } from './runs/run.js';
export type { EpochMetrics, History } from './runs/history.js';
export type { Monitor, MONITORS } from './runs/monitor.js';

// What the layers see
export type { ActivationsOptions } from './commands/activations/options.js';
export { type ActivationsResult, activations } from './commands/activations/index.js';
export type { Engine, EngineUse, LayerOutput, NetworkLayer } from './engines/contract/engine.js';
export { type LoadedNetwork, loadNetwork } from './commands/shared/load-network.js';
export { type LayerSelection, type SelectableLayer, selectLayers } from './activations/select-layers.js';
export { type ActivationSource, captureActivations, type LayerActivation } from './activations/capture.js';
export type { RankedChannel, RankingMeasure } from './activations/rank-channels.js';
export type { ChannelMeasurements, ValueRange } from './engines/contract/channel-measurements.js';
export type { NetworkInput, ScaledBytes } from './engines/contract/network-input.js';
export type { ImageResult, ShownLayer } from './commands/activations/show-image.js';
export type { Prediction } from './commands/shared/classify.js';
export type { DescribedChannel } from './activations/describe-layer.js';

// What the channels do on a folder of images
export type { ChannelsOptions, MergeChannelsOptions } from './commands/channels/options.js';
export { channels } from './commands/channels/index.js';
export type { ChannelsResult } from './commands/channels/result.js';
export { mergeChannels } from './commands/channels/merge-channels.js';
export type {
  ChannelClassFigures,
  ChannelFigures,
  ChannelReport,
  ChannelState,
  DuplicateChannels,
  LayerFigures,
  ReportedClass,
} from './channels/report.js';
export { readChannelReport } from './channels/read-report.js';

// What the convolutions have learned
export type { KernelsOptions } from './commands/kernels/options.js';
export { type KernelsResult, kernels } from './commands/kernels/index.js';

// Why the network says what it says
export type { ExplainOptions } from './commands/explain/options.js';
export { type ExplainResult, explain } from './commands/explain/index.js';
export type { ClassScores, ScoreGradient } from './engines/contract/engine.js';
export { type ScoredLayer, type ScoreNetwork, scoresOf } from './engines/contract/scores.js';
export type { ClassChoice } from './explain/targets.js';
export type { ExplainedClass, ExplainedImage } from './commands/explain/explain-image.js';
export type { EvidenceKind } from './explain/evidence.js';
export type { SpatialLayer } from './explain/select-layer.js';

// All of it on one page
export type { ReportOptions } from './commands/report/options.js';
export { report, type ReportedImage, type ReportResult } from './commands/report/index.js';

// Pictures of it
export type { Plane, PlaneStatistics } from './base/plane.js';
export type { Raster } from './base/raster.js';
export { type RenderOptions, renderActivations } from './commands/activations/render-activations.js';
export { encodePng } from './rendering/png.js';
export type { Normalization, Range } from './rendering/normalize.js';
export type { ScaleScope, ScalingOptions } from './commands/activations/scaling-options.js';
