// Its options.

import { choice, texts } from '../../options/kinds.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const COMPLETION_OPTIONS = {
  shell: choice(SHELLS, { required: true, argument: 'one', placeholder: 'shell', help: 'the shell that completes' }),
};

export const COMPLETE_OPTIONS = {
  words: texts({ required: true, argument: 'many', help: 'the words so far', expected: 'the words so far' }),
};
