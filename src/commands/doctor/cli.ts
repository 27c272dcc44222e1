// `cnnviz doctor`.

import { describeDifference } from '../../backend/agreement-record.js';
import { formatAmount } from '../../base/counts.js';
import { formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { defineCommand } from '../terminal/command.js';
import type { BackendReport, DoctorReport } from './index.js';

export const doctorCommand = defineCommand({
  name: 'doctor',
  group: 'This machine',
  summary: 'report which backends work on this machine',
  description: 'Report which backends work on this machine, and what native TensorFlow is missing.',
  options: {},
  run: async () => (await import('./index.js')).doctor(),
  show: showReport,
});

function showReport(report: DoctorReport, terminal: Terminal): void {
  const { backends, installation, clusterAddon, devices, untried, missing } = report;
  const glibc = report.glibcVersion === undefined ? '' : `, glibc ${report.glibcVersion}`;
  const rows = [
    ['cnnviz', report.cnnvizVersion],
    ['Node', report.nodeVersion],
    ['platform', `${report.platform} ${report.arch}${glibc}, ${formatAmount(report.cores, 'core')}`],
    ...backends.map((backend) => [backend.name, describeBackend(backend, backend.name === report.selected)]),
    ['webgpu', describeWebgpu(report)],
    ['native set-up', installation?.folder ?? `not found in ${report.home}`],
    ...(installation ? [['several machines', clusterAddon ? 'addon is set up' : noClusterAddon]] : []),
    ...(devices ? [['devices', devices.join(', ')]] : []),
    ...(untried ? [['not tried yet', describeUntried(untried)]] : []),
  ];
  for (const line of formatTable(rows)) terminal.print(line);
  for (const { reason, hint } of missing) terminal.print(`missing: ${reason}. ${hint}`);
}

const noClusterAddon = 'addon is not set up (run `cnnviz setup`)';

function describeWebgpu({ webgpuInstalled }: DoctorReport): string {
  if (!webgpuInstalled) return 'experimental, not installed';
  return 'experimental, installed: a command with --backend webgpu names the graphics card';
}

function describeUntried({ platform, agreement }: NonNullable<DoctorReport['untried']>): string {
  const what = `nobody has reported yet how this TensorFlow runs on ${platform}`;
  if (agreement === undefined) return `${what}; by default it is used once its numbers agreed with WebAssembly's here`;
  const difference = describeDifference(agreement.largestDifference);
  return `${what}; its numbers ${agreement.agrees ? 'agree' : 'do not agree'} with WebAssembly's here (${difference})`;
}

function describeBackend(backend: BackendReport, isSelected: boolean): string {
  if (!backend.available)
    return `no: ${[backend.reason.replace(/^backend \w+: /, ''), backend.hint].filter(Boolean).join('. ')}`;
  const used = isSelected ? ', used by default' : '';
  return `yes: ${backend.version}, ${formatAmount(backend.threads, 'thread')}${used}`;
}
