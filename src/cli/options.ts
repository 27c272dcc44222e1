import { type Command, InvalidArgumentError, Option } from 'commander';

const backendChoices = ['auto', 'native', 'wasm', 'cpu'] as const;

/** What every command understands. */
export interface GlobalOptions {
  backend: (typeof backendChoices)[number];
  json?: boolean;
  quiet?: boolean;
}

/** The options of `GlobalOptions`, in the order of the help text. */
export function globalOptions(): Option[] {
  return [
    new Option('--backend <name>', 'what computes: native TensorFlow, WebAssembly or plain JavaScript')
      .choices(backendChoices)
      .default('auto')
      .env('CNNVIZ_BACKEND'),
    new Option('--json', 'print JSON, one event a line'),
    new Option('--quiet', 'print nothing but errors').conflicts('json'),
  ];
}

/** An option with a few possible values. */
export function choiceOption(flags: string, description: string, choices: readonly string[], value: string): Option {
  return new Option(flags, description).choices(choices).default(value);
}

/** Adds what every command that uses a trained network has. */
export function addModelOptions(command: Command, defaults: { model: string; weights: string }): void {
  command
    .option('--model <path>', 'a run folder or a TensorFlow.js model.json', defaults.model)
    .addOption(
      choiceOption('--weights <which>', 'those of the best or of the last epoch', ['best', 'last'], defaults.weights),
    );
}

/** Parses a number such as `0.85` or `1e-4`; which numbers make sense is for the workflow to say. */
export function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
}

/** Parses a whole number, at least 0. */
export function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

/** Parses numbers such as `6,15`. */
export function parseCounts(text: string): number[] {
  return text.split(',').map((part) => parseCount(part.trim()));
}

/** Parses `8`, `all` or names such as `conv2d_1,conv2d_3`. */
export function parseLayers(text: string): number | string[] | 'all' {
  if (text === 'all') return text;
  if (/^-?\d+$/.test(text)) return Number(text);
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Expected a count, layer names or "all".');
  return names;
}
