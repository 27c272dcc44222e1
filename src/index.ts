// The public API, in the order of the work. Each command of the command line is one call of the function of its name.
// What a call needs is loaded when it is first made.

import { lazily } from './base/lazily.js';

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
  StageEvent,
  WorkflowOptions,
} from './commands/shared/events.js';
export type { TrainingEvent } from './commands/train/events.js';
export type { LayerEvent } from './commands/activations/events.js';
export type { KernelsEvent } from './commands/kernels/events.js';
export type { DreamEvent } from './commands/dream/events.js';
export type { PlacedEvent } from './commands/split/events.js';

// What computes
export type { BackendChoice, BackendName, BackendRefusal, SelectedBackend } from './backend/tfjs/backend.js';
export { selectBackend } from './backend/select.js';
export type { BackendAgreement } from './backend/agreement-record.js';
export type { SetupOptions } from './commands/setup/options.js';
export type { SetupResult } from './commands/setup/index.js';
export const setup = lazily(() => import('./commands/setup/index.js'), 'setup');
export type { BackendReport, DoctorReport } from './commands/doctor/index.js';
export const doctor = lazily(() => import('./commands/doctor/index.js'), 'doctor');
export type { Installation } from './backend/native/cache.js';
export type { SetupEvent, SetupStep } from './backend/native/provision/events.js';
export type { MissingTool } from './backend/native/provision/tools.js';

// Images
export type { SplitOptions } from './commands/split/options.js';
export type { Duplicates, SplitResult } from './commands/split/index.js';
export const split = lazily(() => import('./commands/split/index.js'), 'split');
export type { SampleDataOptions } from './commands/sample-data/options.js';
export type { SampleDataResult } from './commands/sample-data/index.js';
export const sampleData = lazily(() => import('./commands/sample-data/index.js'), 'sampleData');
export type { CheckOptions } from './commands/check/options.js';
export type { Finding, FindingCode } from './commands/shared/describe-findings.js';
export const check = lazily(() => import('./commands/check/index.js'), 'check');
export type { CheckedClass, CheckResult, ImageShapes, Spread } from './commands/check/result.js';
export type { ImageFolder, LabeledFile, SplitName, SplitPlace, UnusableSplit } from './dataset/folder/image-folder.js';
export type { ScanOptions } from './dataset/folder/scan.js';
export const scanImageFolder = lazily(() => import('./dataset/folder/scan.js'), 'scanImageFolder');
export type { Fit, Interpolation, ChannelNormalization, Preprocessing } from './dataset/decode/preprocessing.js';
export const decodeImage = lazily(() => import('./dataset/decode/decode-image.js'), 'decodeImage');
export type { BadFile } from './dataset/stream/batch.js';
export type { LeftOut, LeftOutReason } from './dataset/folder/left-out.js';
export type { SampleSplit } from './sample/parameters.js';
export type { DataFindings, FoundGroup, FoundGroups, FoundImages } from './dataset/examine/findings.js';

// How they are changed in training
export type { Augmentation, AugmentationOptions, FactorRange } from './dataset/augment/augmentation.js';
export type { ImageTransform } from './dataset/augment/image-transform.js';
export type { AugmentOptions } from './commands/augment/options.js';
export type { AugmentResult } from './commands/augment/index.js';
export const augment = lazily(() => import('./commands/augment/index.js'), 'augment');

// Training and its results
export type { SummaryOptions } from './commands/summary/options.js';
export type { LayerReceptiveField, SummaryClass, SummaryResult } from './commands/summary/index.js';
export const summary = lazily(() => import('./commands/summary/index.js'), 'summary');
export type { CallbackOptions } from './commands/train/callback-options.js';
export type { Trainable } from './commands/train/base-options.js';
export type { TrainOptions } from './commands/train/options.js';
export { RECIPES } from './commands/train/recipes.js';
export type { RECIPE_NAMES, RecipeName } from './commands/train/recipe-names.js';
export const train = lazily(() => import('./commands/train/index.js'), 'train');
export type { TrainResult } from './commands/train/result.js';
export type { Precision } from './engines/contract/precision.js';
export type { ModelOptions, InputOptions, PrecisionChoice } from './commands/shared/model-options.js';
export type { EvaluateOptions, EvaluateShardOptions, MergeEvaluationsOptions } from './commands/evaluate/options.js';
export type { MergePredictionsOptions, PredictOptions, PredictShardOptions } from './commands/predict/options.js';
export const evaluate = lazily(() => import('./commands/evaluate/index.js'), 'evaluate');
export const evaluateShard = lazily(() => import('./commands/evaluate/evaluate-shard.js'), 'evaluateShard');
export const mergeEvaluations = lazily(() => import('./commands/evaluate/merge-evaluations.js'), 'mergeEvaluations');
export type {
  EvaluateResult,
  LabeledImage,
  MistakeGroup,
  MistakesOfClass,
  WrongImage,
} from './commands/evaluate/result.js';
export type { SplitChoice } from './commands/shared/split-parts.js';
export type { Overlap } from './commands/shared/overlap.js';
export type { ClassCount, FolderCount, PredictionCounts } from './commands/predict/count-predictions.js';
export type { Unlikeness } from './resemblance/training-profile.js';
export type { ImagePrediction } from './commands/predict/collect-predictions.js';
export type { PredictResult } from './commands/predict/index.js';
export const predict = lazily(() => import('./commands/predict/index.js'), 'predict');
export const predictShard = lazily(() => import('./commands/predict/predict-shard.js'), 'predictShard');
export const mergePredictions = lazily(() => import('./commands/predict/merge-predictions.js'), 'mergePredictions');
export type { WrittenShard } from './commands/shared/written-shard.js';
export type { AssessedClass } from './evaluation/assess.js';
export type { Calibration, CalibrationBin } from './evaluation/calibration.js';
export type { ClassMetrics } from './evaluation/class-metrics.js';
export type { ConfusionMatrix } from './evaluation/confusion-matrix.js';
export type { Interval } from './evaluation/wilson-interval.js';
export type { LayerDescription, ModelDescription } from './network/description.js';
export type { LockWaitingEvent } from './runs/run-lock.js';
export type { BestWeights, Resumption, RunRecord, SavedCheckpoint, SavedWeights, WeightsChoice } from './runs/run.js';
export type { EpochMetrics, History } from './runs/history.js';
export type { Monitor, MONITORS } from './runs/monitor.js';

// What the layers see
export type { ActivationsOptions } from './commands/activations/options.js';
export type { ActivationsResult } from './commands/activations/index.js';
export const activations = lazily(() => import('./commands/activations/index.js'), 'activations');
export type { Engine, EngineUse, LayerOutput, NetworkLayer } from './engines/contract/engine.js';
export type { LoadedNetwork } from './commands/shared/load-network.js';
export const loadNetwork = lazily(() => import('./commands/shared/load-network.js'), 'loadNetwork');
export { type LayerSelection, type SelectableLayer, selectLayers } from './activations/select-layers.js';
export type { ActivationSource, LayerActivation } from './activations/capture.js';
export const captureActivations = lazily(() => import('./activations/capture.js'), 'captureActivations');
export type { RankedChannel, RankingMeasure } from './activations/rank-channels.js';
export type { ChannelPeaks } from './engines/contract/channel-peaks.js';
export type { ChannelMeasurements, ValueRange } from './engines/contract/channel-measurements.js';
export type { NetworkInput, ScaledBytes } from './engines/contract/network-input.js';
export type { OutputKind } from './engines/contract/output-kind.js';
export type { ImageResult, MeasuredLayer, ShownLayer } from './commands/activations/draw-image.js';
export type { ImageActivations } from './commands/activations/read-activations.js';
export const readActivations = lazily(() => import('./commands/activations/read-activations.js'), 'readActivations');
export type { ClassProbability, Prediction } from './commands/shared/classify.js';
export type { CheckedPrediction } from './commands/shared/true-class.js';
export type { DescribedChannel } from './activations/describe-layer.js';

// What the channels do on a folder of images
export type { ChannelsOptions, MergeChannelsOptions } from './commands/channels/options.js';
export const channels = lazily(() => import('./commands/channels/index.js'), 'channels');
export type { ChannelsResult } from './commands/channels/result.js';
export const mergeChannels = lazily(() => import('./commands/channels/merge-channels.js'), 'mergeChannels');
export type {
  ChannelClassMetrics,
  ChannelMetrics,
  ChannelReport,
  ChannelState,
  DuplicateChannels,
  LayerMetrics,
  ReportedClass,
} from './channels/report.js';
export type { MergePatchesOptions, PatchesOptions } from './commands/patches/options.js';
export const patches = lazily(() => import('./commands/patches/index.js'), 'patches');
export type { PatchesResult } from './commands/patches/result.js';
export const mergePatches = lazily(() => import('./commands/patches/merge-patches.js'), 'mergePatches');
export type { ChannelPatches, LayerPatches, Patch, PatchReport, ImagePlace, Rectangle } from './patches/report.js';
export type { GroupsOptions } from './commands/groups/options.js';
export type { GroupsResult } from './commands/groups/result.js';
export const groups = lazily(() => import('./commands/groups/index.js'), 'groups');
export type { ChannelGroup, GroupedImage, GroupReport, LayerGroups } from './groups/report.js';
export const readChannelReport = lazily(() => import('./channels/read-report.js'), 'readChannelReport');

// What the convolutions have learned
export type { NeighborsOptions } from './commands/neighbors/options.js';
export type { ImageNeighbors, Neighbor, NeighborsResult } from './commands/neighbors/result.js';
export const neighbors = lazily(() => import('./commands/neighbors/index.js'), 'neighbors');
export type { KernelsOptions } from './commands/kernels/options.js';
export type { DrawnKernels, KernelRanking, KernelsResult, RankedKernel } from './commands/kernels/result.js';
export const kernels = lazily(() => import('./commands/kernels/index.js'), 'kernels');
export type { DreamOptions } from './commands/dream/options.js';
export type { ComparedImages, Dream, DreamResult } from './commands/dream/result.js';
export type { Activation } from './dream/ascent.js';
export const dream = lazily(() => import('./commands/dream/index.js'), 'dream');

// How the network learned to see
export type { TimelapseOptions } from './commands/timelapse/options.js';
export type {
  ChangingChannel,
  TimelapseEpoch,
  TimelapseImage,
  TimelapseLayer,
  TimelapseResult,
} from './commands/timelapse/result.js';
export const timelapse = lazily(() => import('./commands/timelapse/index.js'), 'timelapse');
export type { Film } from './commands/timelapse/read-film.js';
export const readFilm = lazily(() => import('./commands/timelapse/read-film.js'), 'readFilm');
export type { CellPlaces } from './base/cell-places.js';
export type { CodedChannel } from './film/codes.js';
export type { Frame, FrameEvidence, FrameImage, FrameLayer } from './film/frame.js';
export type { ProbeImage } from './film/probe-images.js';

// Two of them beside each other
export type { CompareOptions } from './commands/compare/options.js';
export type {
  CkaResult,
  ComparedChannel,
  ComparedLayer,
  ComparedNetwork,
  ComparedSide,
  JudgedImage,
  Judgements,
  LayerMatch,
  MapComparison,
  NetworkComparison,
} from './commands/compare/result.js';
export type { ChannelPartner } from './similarity/match-channels.js';
export const compare = lazily(() => import('./commands/compare/index.js'), 'compare');

// Why the network says what it says
export type { ExplainOptions } from './commands/explain/options.js';
export type { ExplainResult } from './commands/explain/index.js';
export const explain = lazily(() => import('./commands/explain/index.js'), 'explain');
export type { BenchmarkOptions } from './commands/explain/benchmark-options.js';
export type {
  BenchmarkedControl,
  BenchmarkedMethod,
  BenchmarkReport,
  BenchmarkResult,
  MeanMetrics,
  Redrawn,
} from './commands/explain/benchmark-result.js';
export const benchmarkExplanations = lazily(() => import('./commands/explain/benchmark.js'), 'benchmarkExplanations');
export type { MeanInterval } from './evaluation/mean-interval.js';
export type { ControlName } from './explain/benchmark/controls.js';
export type { ClassScores, GradientPlaces, ScoreGradient, ScoreGradients } from './engines/contract/engine.js';
export type { CellField, ReceptiveField } from './engines/contract/receptive-field.js';
export { type ScoredLayer, type ScoreNetwork, scoresOf } from './engines/contract/scores.js';
export type { ClassChoice } from './explain/targets.js';
export type { ExplainedImage, Explanation } from './commands/explain/explain-image.js';
export type { ExplainedClass } from './commands/explain/explain-pixels.js';
export type { EvidenceKind } from './explain/evidence.js';
export type { MethodName } from './explain/methods.js';
export type { SpatialLayer } from './explain/select-layer.js';

// All of it on one page, live, and for other programs
export type { ReportOptions } from './commands/report/options.js';
export type { ReportedImage, ReportResult } from './commands/report/result.js';
export const report = lazily(() => import('./commands/report/index.js'), 'report');
export type { LiveEvent, ServeOptions, ServeResult } from './commands/serve/options.js';
export const serve = lazily(() => import('./commands/serve/index.js'), 'serve');
export type { ExportFormat, ExportOptions } from './commands/export/options.js';
export type { ExportResult } from './commands/export/index.js';
export const exportNetwork = lazily(() => import('./commands/export/index.js'), 'exportNetwork');

// Pictures of it
export type { Plane, PlaneStatistics } from './base/plane.js';
export type { Raster } from './base/raster.js';
export { type RenderOptions, renderActivations } from './commands/activations/render-activations.js';
export { encodePng } from './rendering/png.js';
export type { Normalization, Range } from './rendering/normalize.js';
export type { ScaleName, ScalingOptions } from './commands/activations/scaling-options.js';
