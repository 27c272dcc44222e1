// Options of training with several workers.

import { choice, count, number, text } from '../../options/kinds.js';
import { section } from '../../options/option.js';

/** None of them changes what is trained, but for the order in which numbers are added up. */
export const CLUSTER_OPTIONS = section('Several machines', {
  /**
   * HOST:PORT of all workers, `a:2222,b:2222` or `job-[0-3].job:2222`; on the command line also a number: as many processes on this
   * machine, 1: this process alone. Absent: as TF_CONFIG says, or this process alone
   */
  workers: text({
    help: 'train with several workers: HOST:PORT,... of all, or how many processes to start on this machine',
    expected: 'HOST:PORT,... or a number of processes',
    placeholder: 'list',
    resumable: true,
  }),
  /** which of `workers` this process is, from 0; worker 0 writes the run */
  workerIndex: count({ help: 'which of --workers this process is, from 0', resumable: true }),
  /** whose variables say who the workers are: Slurm's, or the index of a Kubernetes job */
  cluster: choice(['slurm', 'k8s'], {
    help: 'take the workers from Slurm, or the index from a Kubernetes Indexed Job',
    placeholder: 'scheduler',
    resumable: true,
  }),
  /** seconds to wait for other workers before the first step */
  wait: number({
    default: 600,
    above: 0,
    help: 'seconds to wait for other workers before the first step',
    placeholder: 'seconds',
    resumable: true,
  }),
  /** seconds after which a worker that takes no part in a step counts as lost */
  stepLimit: number({
    default: 120,
    above: 0,
    help: 'seconds that a step may wait for other workers',
    placeholder: 'seconds',
    resumable: true,
  }),
});
