// Options that every command has.

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
export function addModelOptions(command: Command, defaults: { model: string }): void {
  command
    .option('--model <path>', 'a run folder or a TensorFlow.js model.json', defaults.model)
    .addOption(
      new Option(
        '--weights <which>',
        'those of the best or of the last epoch (default: as the run was made for)',
      ).choices(['best', 'last']),
    );
}

/** Adds the choice whether images are rotated for a trained network. */
export function addOrientationOptions(command: Command): void {
  command
    .option('--auto-orient', 'turn photographs as their EXIF data say (default: as the network was trained)')
    .option('--no-auto-orient', 'take them as they are stored');
}

/** Adds what every command that goes through many images with a trained network has. */
export function addRunningOptions(command: Command, defaults: { batchSize: number; onBadImage: string }): void {
  command
    .option('--batch-size <count>', 'images at a time', parseCount, defaults.batchSize)
    .addOption(badImageOption(defaults.onBadImage));
}

/** Adds what decides how an image becomes pixels. */
export function addPreprocessingOptions(command: Command, defaults: { interpolation: string }): void {
  const choices = ['nearest', 'bilinear', 'lanczos3'];
  command
    .addOption(choiceOption('--interpolation <name>', 'how to resize', choices, defaults.interpolation))
    .option('--auto-orient', 'turn photographs as their EXIF data say');
}

/** What must stay together when images are divided. */
export function groupByOption(): Option {
  return new Option(
    '--group-by <what>',
    'never divide a group, such as the frames of one recording: "folder", or a regular expression for names: ^(rec\\d+)_',
  );
}

/** What to do about a file that is no readable image. */
export function badImageOption(value: string): Option {
  return choiceOption('--on-bad-image <what>', 'what to do about a bad file', ['skip', 'fail'], value);
}

/** Adds what decides the network's architecture. */
export function addNetworkOptions(
  command: Command,
  defaults: {
    filters: readonly number[];
    dense: number;
    dropout: number;
    denseDropout: number;
    kernelInitializer: string;
    imageSize: number;
  },
): void {
  const { filters, dense, dropout, denseDropout, kernelInitializer, imageSize } = defaults;
  command
    .addOption(
      new Option('--filters <counts>', 'filters of each convolution')
        .argParser(parseCounts)
        .default(filters, filters.join(',')),
    )
    .option('--dense <units>', 'units of the hidden dense layer', parseCount, dense)
    .option('--dropout <fraction>', 'flattened features dropped in training, 0 to below 1', parseNumber, dropout)
    .option('--dense-dropout <fraction>', "of the hidden dense layer's units", parseNumber, denseDropout)
    .option('--batch-normalization', 'between every convolution or hidden dense layer and its relu')
    .addOption(
      choiceOption(
        '--kernel-initializer <name>',
        'first kernels where relu follows',
        ['glorot_uniform', 'he_normal'],
        kernelInitializer,
      ),
    )
    .option('--image-size <pixels>', 'height and width of the input', parseCount, imageSize);
}

/** Recipes and runs that are gone on with or repeated have options of their own: ours must not look as if they were asked for. */
export function omitDefaults<Options extends object>(options: Options, command: Command): Partial<Options> {
  const given = Object.entries(options).filter(([name]) => command.getOptionValueSource(name) !== 'default');
  return Object.fromEntries(given) as Partial<Options>;
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

/** Parses two numbers such as `-1,3`. */
export function parseRange(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map(parseNumber);
  if (low === undefined || high === undefined || more.length > 0) {
    throw new InvalidArgumentError('Expected two numbers, such as -1,3.');
  }
  return [low, high];
}

/** Parses `8`, `all` or names such as `conv2d_1,conv2d_3`. */
export function parseLayers(text: string): number | string[] | 'all' {
  if (text === 'all') return text;
  if (/^-?\d+$/.test(text)) return Number(text);
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Expected a count, layer names or "all".');
  return names;
}
