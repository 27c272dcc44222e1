// Activations with settings, such as LeakyReLU(0.1) in place of a name: a saved model knows each by a name that has its settings.

/** By Keras's classes of layers: the names of their settings and what those are by default. */
const FAMILIES = {
  ELU: { alpha: 1 },
  LeakyReLU: { negative_slope: 0.3 },
  ReLU: { max_value: Number.MAX_VALUE, negative_slope: 0, threshold: 0 },
} as const;

/** A layer of Keras in the place of an activation. */
export interface SetActivation {
  readonly kind: keyof typeof FAMILIES;
  /** every one of its settings, in Keras's words; a maximum that is not set is that of all numbers */
  readonly settings: Readonly<Record<string, number>>;
}

/** `kerasLeakyrelu(0.1)`; undefined for a layer of another kind, or with settings of other kinds. */
export function nameActivation(kind: string, config: Readonly<Record<string, unknown>>): string | undefined {
  if (!Object.hasOwn(FAMILIES, kind)) return undefined;
  const defaults: Record<string, number> = FAMILIES[kind as keyof typeof FAMILIES];
  const values = Object.entries(defaults).map(([key, value]) => config[key] ?? value);
  const isNumbers = values.every((value) => typeof value === 'number') && Object.keys(config).every(isKnown);
  return isNumbers ? `keras${kind[0]}${kind.slice(1).toLowerCase()}(${values.join()})` : undefined;

  function isKnown(key: string): boolean {
    return key in defaults || key === 'dtype' || config[key] == null;
  }
}

/** Undefined for the name of a function. */
export function readActivationName(name: unknown): SetActivation | undefined {
  const [, word, numbers = ''] = /^keras(\w+)\(([\w.,+-]+)\)$/.exec(String(name)) ?? [];
  const kinds = Object.keys(FAMILIES) as (keyof typeof FAMILIES)[];
  const kind = kinds.find((each) => each.toLowerCase() === word?.toLowerCase());
  if (kind === undefined) return undefined;
  const values = numbers.split(',').map(Number);
  const keys = Object.keys(FAMILIES[kind]);
  if (values.length !== keys.length || values.some(Number.isNaN)) return undefined;
  return { kind, settings: Object.fromEntries(keys.map((key, index) => [key, values[index] as number])) };
}
