// The tensor API. The whole product takes `tf` from here, so that one instance serves every backend.
import { createRequire } from 'node:module';
import type * as tfCore from '@tensorflow/tfjs-core';
import type * as tfLayers from '@tensorflow/tfjs-layers';

// The two parts in use, not the package `@tensorflow/tfjs`, which adds WebGL, data pipelines and a converter: 200 MB.
// Required, not imported: to find the names in a CommonJS package, Node would scan all of it, which takes three times as
// long as loading it.
const require = createRequire(import.meta.url);
export const tf: typeof tfCore & typeof tfLayers = {
  ...require('@tensorflow/tfjs-core'),
  ...require('@tensorflow/tfjs-layers'),
};

/** The types of the tensor API that are in use: a constant has values only. */
export declare namespace tf {
  type BatchMatMulAttrs = tfCore.BatchMatMulAttrs;
  type CastAttrs = tfCore.CastAttrs;
  type Conv2DBackpropFilterAttrs = tfCore.Conv2DBackpropFilterAttrs;
  type Conv2DBackpropInputAttrs = tfCore.Conv2DBackpropInputAttrs;
  type DepthwiseConv2dNativeBackpropFilterAttrs = tfCore.DepthwiseConv2dNativeBackpropFilterAttrs;
  type DepthwiseConv2dNativeBackpropInputAttrs = tfCore.DepthwiseConv2dNativeBackpropInputAttrs;
  type FusedConv2DAttrs = tfCore.FusedConv2DAttrs;
  type GradSaveFunc = tfCore.GradSaveFunc;
  type KernelConfig = tfCore.KernelConfig;
  type LayerVariable = tfLayers.LayerVariable;
  type LayersModel = tfLayers.LayersModel;
  type MaxPoolGradAttrs = tfCore.MaxPoolGradAttrs;
  type NamedAttrMap = tfCore.NamedAttrMap;
  type Optimizer = tfCore.Optimizer;
  type Scalar = tfCore.Scalar;
  type Sequential = tfLayers.Sequential;
  type Shape = tfLayers.Shape;
  type SliceAttrs = tfCore.SliceAttrs;
  type SumAttrs = tfCore.SumAttrs;
  type SymbolicTensor = tfLayers.SymbolicTensor;
  type Tensor<R extends tfCore.Rank = tfCore.Rank> = tfCore.Tensor<R>;
  type TensorInfo = tfCore.TensorInfo;
  type Variable<R extends tfCore.Rank = tfCore.Rank> = tfCore.Variable<R>;
  type Tensor1D = tfCore.Tensor1D;
  type Tensor2D = tfCore.Tensor2D;
  type Tensor3D = tfCore.Tensor3D;
  type Tensor4D = tfCore.Tensor4D;
  namespace io {
    type ModelArtifacts = tfCore.io.ModelArtifacts;
    type WeightsManifestEntry = tfCore.io.WeightsManifestEntry;
  }
  namespace layers {
    type Layer = tfLayers.layers.Layer;
  }
  namespace serialization {
    type ConfigDict = tfCore.serialization.ConfigDict;
  }
}
