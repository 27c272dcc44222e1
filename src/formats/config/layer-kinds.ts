// What Keras's layers are configured by and which weights they have: the keys that decide what a layer computes.

/** A layer's configuration, in Keras 3's words. */
type Config = Readonly<Record<string, unknown>>;

interface LayerKind {
  /** the keys that decide what it computes */
  readonly keys: readonly string[];
  /** the roles of its weights, in the order of Keras 3; default none */
  readonly weights?: (config: Config) => string[];
}

const kernelAndBias = ({ use_bias: hasBias }: Config) => (hasBias === false ? ['kernel'] : ['kernel', 'bias']);
const scaleAndCenter = ({ scale, center }: Config) => [
  ...(scale === false ? [] : ['gamma']),
  ...(center === false ? [] : ['beta']),
];

const CONVOLUTION = ['kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'activation', 'use_bias'];
const POOLING = ['pool_size', 'strides', 'padding', 'data_format'];
const GLOBAL_POOLING = ['data_format', 'keepdims'];
/** Does nothing to a network that is looked at, whatever its configuration says. */
const IDENTITY: LayerKind = { keys: ['*'] };
const MERGE: LayerKind = { keys: [] };

const LAYER_KINDS: Readonly<Record<string, LayerKind>> = {
  InputLayer: { keys: ['batch_shape', 'optional'] },
  Conv2D: { keys: ['filters', 'groups', ...CONVOLUTION], weights: kernelAndBias },
  DepthwiseConv2D: { keys: ['depth_multiplier', ...CONVOLUTION], weights: kernelAndBias },
  Conv2DTranspose: { keys: ['filters', 'output_padding', ...CONVOLUTION], weights: kernelAndBias },
  SeparableConv2D: {
    keys: ['filters', 'depth_multiplier', ...CONVOLUTION],
    weights: (config) => ['depthwise_kernel', 'pointwise_kernel', ...kernelAndBias(config).slice(1)],
  },
  Dense: { keys: ['units', 'activation', 'use_bias'], weights: kernelAndBias },
  BatchNormalization: {
    keys: ['axis', 'momentum', 'epsilon', 'center', 'scale'],
    weights: (config) => [...scaleAndCenter(config), 'moving_mean', 'moving_variance'],
  },
  LayerNormalization: { keys: ['axis', 'epsilon', 'center', 'scale', 'rms_scaling'], weights: scaleAndCenter },
  GroupNormalization: { keys: ['groups', 'axis', 'epsilon', 'center', 'scale'], weights: scaleAndCenter },
  RMSNormalization: { keys: ['axis', 'epsilon'], weights: () => ['scale'] },
  UnitNormalization: { keys: ['axis'] },
  // ConvNeXt's, of keras.applications; how its scale began and how wide it is, its weight says
  LayerScale: { keys: ['init_values', 'projection_dim'], weights: () => ['gamma'] },
  StochasticDepth: { keys: ['*'] },
  Normalization: {
    keys: ['axis', 'invert', 'mean', 'variance'],
    weights: ({ mean = null }) => (mean === null ? ['mean', 'variance', 'count'] : []),
  },
  Rescaling: { keys: ['scale', 'offset'] },
  Resizing: {
    keys: [
      ...['height', 'width', 'interpolation', 'crop_to_aspect_ratio', 'pad_to_aspect_ratio'],
      ...['fill_mode', 'fill_value', 'antialias', 'data_format'],
    ],
  },
  CenterCrop: { keys: ['height', 'width', 'data_format'] },
  MaxPooling2D: { keys: POOLING },
  AveragePooling2D: { keys: POOLING },
  GlobalMaxPooling2D: { keys: GLOBAL_POOLING },
  GlobalAveragePooling2D: { keys: GLOBAL_POOLING },
  ZeroPadding2D: { keys: ['padding', 'data_format'] },
  Cropping2D: { keys: ['cropping', 'data_format'] },
  UpSampling2D: { keys: ['size', 'data_format', 'interpolation'] },
  Add: MERGE,
  Subtract: MERGE,
  Multiply: MERGE,
  Average: MERGE,
  Maximum: MERGE,
  Minimum: MERGE,
  Concatenate: { keys: ['axis'] },
  Dot: { keys: ['axes', 'normalize'] },
  Reshape: { keys: ['target_shape'] },
  Permute: { keys: ['dims'] },
  Flatten: { keys: ['data_format'] },
  RepeatVector: { keys: ['n'] },
  Activation: { keys: ['activation'] },
  ReLU: { keys: ['max_value', 'negative_slope', 'threshold'] },
  LeakyReLU: { keys: ['negative_slope'] },
  PReLU: { keys: ['shared_axes'], weights: () => ['alpha'] },
  ELU: { keys: ['alpha'] },
  ThresholdedReLU: { keys: ['theta'] },
  Softmax: { keys: ['axis'] },
  Identity: IDENTITY,
  Dropout: IDENTITY,
  SpatialDropout1D: IDENTITY,
  SpatialDropout2D: IDENTITY,
  AlphaDropout: IDENTITY,
  GaussianDropout: IDENTITY,
  GaussianNoise: IDENTITY,
  ActivityRegularization: IDENTITY,
};

/** What is known of a kind of layer; nothing is known of others. */
export function findLayerKind(kind: string): LayerKind | undefined {
  return Object.hasOwn(LAYER_KINDS, kind) ? LAYER_KINDS[kind] : undefined;
}

/** The roles of a layer's weights, in the order of Keras 3; undefined where its kind is not known. */
export function listWeightRoles(layer: { kind: string; isOperation: boolean; config: Config }): string[] | undefined {
  if (layer.isOperation) return [];
  const known = findLayerKind(layer.kind);
  return known && (known.weights?.(layer.config) ?? []);
}
