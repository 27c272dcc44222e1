// The option that keeps groups together.

import { defineKind } from '../../options/option.js';
import { requireGroupBy } from './group-by.js';

const groupBy = defineKind<string>(() => ({
  parse: (text) => text,
  check: (_, value) => requireGroupBy(value),
  schema: { type: 'string', minLength: 1 },
  placeholder: 'what',
}));

/** What must stay together when images are divided. */
export const groupByOption = groupBy({
  help: 'never divide a group, such as the frames of one recording: "folder", or a regular expression for names: ^(rec\\d+)_',
});
