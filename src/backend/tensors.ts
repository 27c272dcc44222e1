// The tensor API. The whole product takes `tf` from here, so that one instance serves every backend.
export * as tf from '@tensorflow/tfjs';
