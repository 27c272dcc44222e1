// What a model's layers are called and how large they are.

/** One row of Keras's `model.summary()`. */
export interface LayerDescription {
  name: string;
  /** Keras's class name, such as `Conv2D` */
  kind: string;
  /** with the batch as `null`; of the first call and output where there are several */
  outputShape: (number | null)[];
  parameterCount: number;
}

export interface ModelDescription {
  layers: LayerDescription[];
  parameterCount: number;
  trainableParameterCount: number;
}
