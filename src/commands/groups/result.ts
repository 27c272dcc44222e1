// What `groups` returns.

import type { GroupReport } from '../../groups/report.js';
import type { Overlap } from '../shared/overlap.js';

export interface GroupsResult {
  /** the results folder */
  out: string;
  /** every file in the folder */
  files: string[];
  /** overlap with the images of the network's run; null if unknown */
  overlap: Overlap | null;
  report: GroupReport;
}
