// `cnnviz completion`, and the hidden `cnnviz complete` that its scripts ask.

import { defineCommand } from '../terminal/command.js';
import { COMPLETE_OPTIONS, COMPLETION_OPTIONS } from './options.js';

export const completionCommand = defineCommand({
  name: 'completion',
  group: 'This machine',
  summary: 'print a script that completes commands and options by Tab',
  description:
    'Print a script that lets a shell complete commands, options, choices and paths by Tab. For bash, in ~/.bashrc: ' +
    'source <(cnnviz completion bash). See docs/options.md for the other shells.',
  options: COMPLETION_OPTIONS,
  async run({ shell }) {
    const { script } = await import('@bomb.sh/tab');
    script(shell, 'cnnviz', 'cnnviz');
    return {};
  },
});

export const completeCommand = defineCommand({
  name: 'complete',
  hidden: true,
  summary: 'complete a command line',
  description: 'Print completions of the last word, for the scripts of "cnnviz completion".',
  options: COMPLETE_OPTIONS,
  async run({ words }, commands) {
    const { answerTab } = await import('./answer-tab.js');
    await answerTab(words, commands);
    return {};
  },
});
