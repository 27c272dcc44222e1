// Writes docs/options.md and data/run.schema.json from the option tables of all commands. `npm run options-page`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const PAGE = fileURLToPath(new URL('../docs/options.md', import.meta.url));
export const SCHEMA = fileURLToPath(new URL('../data/run.schema.json', import.meta.url));

const INTRODUCTION = `# Options

Every option of every command, generated from the tables that also define \`--help\`, types and checks (\`npm run options-page\`; do
not edit by hand). The last column has an option's name in the library. \`-d\`, \`-m\` and \`-o\`
are short for \`--data\`, \`--model\` and \`--out\`.

## Completion by Tab

\`cnnviz completion SHELL\` prints a script for your shell:

| shell | run once |
| --- | --- |
| bash | \`echo 'source <(cnnviz completion bash)' >> ~/.bashrc\` (needs the package bash-completion) |
| zsh | \`echo 'source <(cnnviz completion zsh)' >> ~/.zshrc\` (after \`compinit\`) |
| fish | \`cnnviz completion fish > ~/.config/fish/completions/cnnviz.fish\` |
| PowerShell | \`cnnviz completion powershell >> $PROFILE\` (not tested) |

## The options in a run.json

\`train --config\` repeats a run with the options in its \`run.json\`. [run.schema.json](../data/run.schema.json) lets editors complete
and check them. For VS Code, add to \`.vscode/settings.json\`:

\`\`\`json
{ "json.schemas": [{ "fileMatch": ["run.json"], "url": "./node_modules/cnnviz/data/run.schema.json" }] }
\`\`\`
`;

/** The page. @param flagName what the command line calls an option */
export function renderOptionsPage(commands, globalOptions, flagName) {
  const everywhere = `## Every command\n\n${renderTable(globalOptions, flagName)}`;
  const own = commands.filter(({ hidden }) => !hidden).flatMap((command) => renderCommand(command, 'cnnviz', flagName));
  return `${[INTRODUCTION, everywhere, ...own].join('\n')}`;
}

function renderCommand({ name, summary, options, parts = [] }, before, flagName) {
  const path = `${before} ${name}`;
  const own = Object.fromEntries(Object.entries(options).filter(([, option]) => !option.global));
  const body = Object.keys(own).length === 0 ? '' : `\n${renderTable(own, flagName)}`;
  return [`## ${path}\n\n${summary}\n${body}`, ...parts.flatMap((part) => renderCommand(part, path, flagName))];
}

/** A table for each section, in the order of their first options. */
function renderTable(table, flagName) {
  return [...groupBySection(table)].map(([heading, entries]) => renderSection(heading, entries, flagName)).join('\n');
}

function groupBySection(table) {
  const sections = new Map();
  for (const entry of Object.entries(table)) {
    const { section, hidden } = entry[1];
    if (hidden) continue;
    sections.set(section, [...(sections.get(section) ?? []), entry]);
  }
  return sections;
}

function renderSection(heading, entries, flagName) {
  const rows = entries.map(([name, option]) => renderRow(name, option, flagName(name, option)));
  const head = heading === undefined ? '' : `**${heading}**\n\n`;
  return `${head}| option | what it does | default | values | library |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function renderRow(name, option, flag) {
  const { help, negated, completes, parse, default: value, shownDefault } = option;
  const choices = option.choices ?? (Array.isArray(completes) ? completes : undefined);
  const spelled = [
    ...(option.argument !== undefined ? [`<${option.placeholder ?? name}>`] : []),
    ...(option.argument === undefined && !negated?.only ? [`--${flag}${describeValue(option)}`] : []),
    ...(option.bare !== undefined ? [`<${option.placeholder}>`] : []),
    ...(negated?.help === undefined ? [] : [`--no-${flag}`]),
  ];
  const text = negated?.only
    ? negated.help
    : [help, ...(negated?.help === undefined ? [] : [`no: ${negated.help}`])].join('; ');
  const shown = value === undefined || parse === undefined || shownDefault === false ? '' : `\`${value}\``;
  const cells = [
    spelled.map((one) => `\`${one}\``).join('<br>'),
    text.replaceAll('<', '&lt;'),
    shown,
    choices === undefined ? '' : choices.map((choice) => `\`${choice}\``).join(' '),
    `\`${name}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function describeValue({ parse, placeholder, preset }) {
  if (parse === undefined) return '';
  return preset === undefined ? ` <${placeholder}>` : ` [${placeholder}]`;
}

/** JSON Schema of a run.json's options. */
export function renderRunSchema(table) {
  const properties = Object.entries(table).map(([name, { schema, help, default: value }]) => [
    name,
    { description: help, ...(value === undefined ? {} : { default: value }), ...schema },
  ]);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: "The run.json of a cnnviz run: the training's options",
    type: 'object',
    properties: {
      options: { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false },
    },
    required: ['options'],
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

async function write() {
  const [{ COMMANDS }, { GLOBAL_OPTIONS }, { flagName }, { TRAIN_OPTIONS }] = await Promise.all(
    [
      ['program'],
      ['commands', 'terminal', 'global-options'],
      ['options', 'flag-name'],
      ['commands', 'train', 'options'],
    ].map((place) => import(new URL(`../dist/${place.join('/')}.js`, import.meta.url).href)),
  );
  const texts = [
    [PAGE, renderOptionsPage(COMMANDS, GLOBAL_OPTIONS, flagName)],
    [SCHEMA, renderRunSchema(TRAIN_OPTIONS)],
  ];
  for (const [path, text] of texts)
    if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();
