// What a layer of our own is made of: Keras has it, tfjs lacks it or computes something else.

import { tf } from '../../backend/tfjs/tensors.js';

/** What a layer with certain settings does. */
export interface LayerBehavior {
  /** the shapes of its weights by their roles, in Keras's order */
  weights?(input: number[]): Record<string, number[]>;
  /** the roles of weights that no gradient changes */
  readonly statistics?: readonly string[];
  /** with the batch; default: that of the first input */
  outputShape?(...inputs: tf.Shape[]): tf.Shape;
  compute(inputs: readonly tf.Tensor[], weights: Readonly<Record<string, tf.Tensor>>): tf.Tensor;
}

/** A layer's settings in Keras's words, as tfjs spells them: `negativeSlope`. */
export type Settings = Readonly<Record<string, unknown>>;

export interface LayerClass {
  new (config: Settings): tf.layers.Layer;
  /** Keras's own name of the class */
  readonly kind: string;
}

/**
 * A class of layers. It is registered under a name of ours, `KerasReLU`, so that a saved model loads again, and what else the
 * process does with tfjs stays as it is.
 *
 * @param kind Keras's name of the class
 * @param names of the settings that count
 */
export function defineLayer<Own>(
  kind: string,
  names: readonly (keyof Own & string)[],
  behave: (settings: Own) => LayerBehavior,
): LayerClass {
  class KerasLayer extends tf.layers.Layer {
    static readonly className = `Keras${kind}`;
    static readonly kind = kind;
    readonly #settings: Settings;
    readonly #behavior: LayerBehavior;
    readonly #weights: [role: string, variable: tf.LayerVariable][] = [];

    constructor(config: Settings) {
      super(config);
      this.#settings = Object.fromEntries(
        names.flatMap((name) => (config[name] == null ? [] : [[name, config[name]]])),
      );
      this.#behavior = behave(this.#settings as Own);
      this.supportsMasking = true;
    }

    override build(inputShape: tf.Shape | tf.Shape[]): void {
      const { weights, statistics = [] } = this.#behavior;
      for (const [role, shape] of Object.entries(weights?.(listShapes(inputShape)[0] as number[]) ?? {})) {
        const zeros = tf.initializers.zeros();
        const variable = this.addWeight(role, shape, 'float32', zeros, undefined, !statistics.includes(role));
        this.#weights.push([role, variable]);
      }
      super.build(inputShape);
    }

    override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
      const shapes = listShapes(inputShape);
      return this.#behavior.outputShape?.(...shapes) ?? (shapes[0] as tf.Shape);
    }

    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.tidy(() => {
        const weights = Object.fromEntries(this.#weights.map(([role, variable]) => [role, variable.read()]));
        return this.#behavior.compute(Array.isArray(inputs) ? inputs : [inputs], weights);
      });
    }

    override getConfig(): tf.serialization.ConfigDict {
      return { ...super.getConfig(), ...(this.#settings as tf.serialization.ConfigDict) };
    }
  }
  tf.serialization.registerClass(KerasLayer as never);
  DEFINED.set(KerasLayer.className, KerasLayer);
  return KerasLayer;
}

const DEFINED = new Map<string, LayerClass>();

/** The class that a saved model knows by a name of ours. */
export function findOwnLayer(className: string): LayerClass | undefined {
  return DEFINED.get(className);
}

function listShapes(shape: tf.Shape | tf.Shape[]): tf.Shape[] {
  return (Array.isArray(shape[0]) ? shape : [shape]) as tf.Shape[];
}
