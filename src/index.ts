// The public API, in the order of the work. Each command of the command line is one call of the function of its name.

export { CnnvizError, type ErrorCode, type ErrorDetails } from './errors.js';
export type {
  ActivationsEvent,
  DataEvent,
  EvaluationEvent,
  EventListener,
  ExplanationEvent,
  ModelEvent,
  TrainingEvent,
  WorkflowEvent,
  WorkflowOptions,
} from './workflows/events.js';

// What computes
export type { BackendChoice, BackendName, BackendRefusal, SelectedBackend } from './backend/backend.js';
export { selectBackend } from './backend/select.js';
export { type SetupOptions, type SetupResult, setup } from './workflows/setup.js';
export { type BackendReport, doctor, type DoctorReport } from './workflows/doctor.js';
export type { Installation } from './backend/native/cache.js';
export type { SetupEvent, SetupStep } from './backend/native/provision/events.js';
export type { MissingTool } from './backend/native/provision/tools.js';

// Photographs
export type { SplitOptions } from './workflows/split-options.js';
export { type Duplicates, split, type SplitResult } from './workflows/split.js';
export type { SampleDataOptions } from './workflows/sample-data-options.js';
export { type SampleDataResult, sampleData } from './workflows/sample-data.js';
export type { CheckOptions } from './workflows/check-options.js';
export type { Finding, FindingCode } from './workflows/describe-findings.js';
export { check } from './workflows/check.js';
export type { CheckedClass, CheckResult } from './workflows/check-result.js';
export type { ImageFolder, LabeledFile, SplitName, SplitPlace, UnusableSplit } from './dataset/image-folder.js';
export { scanImageFolder, type ScanOptions } from './dataset/scan.js';
export type { Interpolation, Preprocessing } from './dataset/preprocessing.js';
export { decodeImage, type Look, type OnRead } from './dataset/decode.js';
export type { BadFile } from './dataset/batch.js';
export type { LeftOut, LeftOutReason } from './dataset/left-out.js';
export type { SampleSplit } from './sample/parameters.js';
export type { ImageShapes, Spread } from './workflows/image-shapes.js';
export type { DataFindings, FoundGroup, FoundGroups, FoundImages } from './dataset/data-findings.js';
export type { RgbPixels } from './dataset/pixels.js';
export type { ImageContent } from './dataset/read-image.js';
export type { ImageFormat, ImageHeader } from './dataset/image-header.js';
export type { Size } from './dataset/image-size.js';

// How they are changed in training
export type { Augmentation, AugmentationOptions, FactorRange } from './dataset/augmentation.js';
export type { ImageTransform } from './dataset/image-transform.js';
export type { AugmentOptions } from './workflows/augment-options.js';
export { type AugmentResult, augment } from './workflows/augment.js';

// Training and what it came to
export { summary, type SummaryClass, type SummaryOptions, type SummaryResult } from './workflows/summary.js';
export type { CallbackOptions } from './workflows/callback-options.js';
export type { TrainOptions } from './workflows/train-options.js';
export { RECIPES } from './workflows/recipes.js';
export type { RECIPE_NAMES, RecipeName } from './workflows/recipe-names.js';
export { train } from './workflows/train.js';
export type { TrainResult } from './workflows/train-result.js';
export type { EvaluateOptions, ModelOptions, OrientationOptions, PredictOptions } from './workflows/model-options.js';
export { evaluate } from './workflows/evaluate.js';
export type { EvaluateResult, WrongImage } from './workflows/evaluate-result.js';
export type { SplitChoice } from './workflows/split-parts.js';
export type { Overlap } from './workflows/overlap.js';
export type { ClassCount, FolderCount, PredictionCounts } from './workflows/count-predictions.js';
export { type ImagePrediction, predict, type PredictResult } from './workflows/predict.js';
export type { AssessedClass } from './evaluation/assess.js';
export type { Calibration, CalibrationBin } from './evaluation/calibration.js';
export type { ClassFigures } from './evaluation/class-figures.js';
export type { ConfusionMatrix } from './evaluation/confusion-matrix.js';
export type { Interval } from './evaluation/wilson-interval.js';
export type { LayerDescription, ModelDescription } from './model/describe.js';
export type { LockWaitingEvent } from './model/run-lock.js';
export type { BestWeights, Resumption, RunRecord, SavedCheckpoint, SavedWeights, WeightsChoice } from './model/run.js';
export type { EpochMetrics, History } from './model/history.js';
export type { Monitor, MONITORS } from './model/monitor.js';

// What the layers see
export type { ActivationsOptions } from './workflows/activations-options.js';
export { type ActivationsResult, activations } from './workflows/activations.js';
export type { LayerOutput, Network } from './model/network.js';
export { type LoadedNetwork, loadNetwork } from './workflows/load-network.js';
export { type LayerSelection, type SelectableLayer, selectLayers } from './activations/select-layers.js';
export { type ActivationSource, captureActivations, type LayerActivation } from './activations/capture.js';
export type { RankedChannel, RankingMeasure } from './activations/rank-channels.js';
export type { ChannelMeasurements, ChannelMeter, MeasuredLayer, ValueRange } from './model/channel-meter.js';
export type { NetworkInput, ScaledBytes } from './model/network-input.js';
export type { ImageResult, ShownLayer } from './workflows/show-image.js';
export type { Prediction } from './workflows/classify.js';
export type { DescribedChannel } from './activations/describe-layer.js';

// What the channels do on a folder of images
export type { ChannelsOptions } from './workflows/channels-options.js';
export { channels } from './workflows/channels.js';
export type { ChannelsResult } from './workflows/channels-result.js';
export { mergeChannels } from './workflows/merge-channels.js';
export type { MergeChannelsOptions } from './workflows/merge-channels-options.js';
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
export type { KernelsOptions } from './workflows/kernels-options.js';
export { type KernelsResult, kernels } from './workflows/kernels.js';

// Why the network says what it says
export type { ExplainOptions } from './workflows/explain-options.js';
export { type ExplainResult, explain } from './workflows/explain.js';
export type { ClassScores, ScoredLayer, ScoreGradient, ScoreNetwork } from './model/scores.js';
export type { ClassChoice } from './explain/targets.js';
export type { ExplainedClass, ExplainedImage } from './workflows/explain-image.js';
export type { EvidenceKind } from './explain/evidence.js';
export type { SpatialLayer } from './explain/select-layer.js';

// All of it on one page
export type { ReportOptions } from './workflows/report-options.js';
export { report, type ReportedImage, type ReportResult } from './workflows/report.js';

// Pictures of it
export type { Plane, PlaneStatistics } from './plane.js';
export type { Raster } from './raster.js';
export { type RenderOptions, renderActivations } from './workflows/render-activations.js';
export { encodePng } from './rendering/png.js';
export type { Normalization, Range } from './rendering/normalize.js';
export type { ScaleScope, ScalingOptions } from './workflows/scaling-options.js';
