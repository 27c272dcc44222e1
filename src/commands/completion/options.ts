// The options of `completion`.

import { choice, texts } from '../../options/kinds.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const COMPLETION_OPTIONS = {
  shell: choice(SHELLS, { required: true, argument: 'one', placeholder: 'shell', help: 'your shell' }),
};

export const COMPLETE_OPTIONS = {
  words: texts({ required: true, argument: 'many', help: 'words typed so far', expected: 'the words so far' }),
};
