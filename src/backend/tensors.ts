// The tensor API. The whole product takes `tf` from here, so that one instance serves every backend.
import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs';

// Required, not imported: to find the names in this CommonJS package, Node would scan all of its 5 MB, which takes three
// times as long as loading it.
export const tf: typeof tfjs = createRequire(import.meta.url)('@tensorflow/tfjs');

/** The types of the tensor API that are in use: a constant has values only. */
export declare namespace tf {
  type BatchMatMulAttrs = tfjs.BatchMatMulAttrs;
  type CastAttrs = tfjs.CastAttrs;
  type Conv2DBackpropFilterAttrs = tfjs.Conv2DBackpropFilterAttrs;
  type Conv2DBackpropInputAttrs = tfjs.Conv2DBackpropInputAttrs;
  type DepthwiseConv2dNativeBackpropFilterAttrs = tfjs.DepthwiseConv2dNativeBackpropFilterAttrs;
  type DepthwiseConv2dNativeBackpropInputAttrs = tfjs.DepthwiseConv2dNativeBackpropInputAttrs;
  type FusedConv2DAttrs = tfjs.FusedConv2DAttrs;
  type GradSaveFunc = tfjs.GradSaveFunc;
  type KernelConfig = tfjs.KernelConfig;
  type LayerVariable = tfjs.LayerVariable;
  type LayersModel = tfjs.LayersModel;
  type MaxPoolGradAttrs = tfjs.MaxPoolGradAttrs;
  type NamedAttrMap = tfjs.NamedAttrMap;
  type Optimizer = tfjs.Optimizer;
  type Scalar = tfjs.Scalar;
  type Sequential = tfjs.Sequential;
  type Shape = tfjs.Shape;
  type SliceAttrs = tfjs.SliceAttrs;
  type SumAttrs = tfjs.SumAttrs;
  type SymbolicTensor = tfjs.SymbolicTensor;
  type Tensor<R extends tfjs.Rank = tfjs.Rank> = tfjs.Tensor<R>;
  type TensorInfo = tfjs.TensorInfo;
  type Variable<R extends tfjs.Rank = tfjs.Rank> = tfjs.Variable<R>;
  type Tensor1D = tfjs.Tensor1D;
  type Tensor2D = tfjs.Tensor2D;
  type Tensor3D = tfjs.Tensor3D;
  type Tensor4D = tfjs.Tensor4D;
  namespace io {
    type ModelArtifacts = tfjs.io.ModelArtifacts;
    type WeightsManifestEntry = tfjs.io.WeightsManifestEntry;
  }
  namespace layers {
    type Layer = tfjs.layers.Layer;
  }
  namespace serialization {
    type ConfigDict = tfjs.serialization.ConfigDict;
  }
}
