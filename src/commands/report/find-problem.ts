import { CnnvizError } from '../../base/errors.js';

/** What is found in a network, or why it has no such thing. */
export function findProblem<Found extends object>(find: () => Found): Found | { problem: string } {
  try {
    return find();
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return { problem: error.message };
    throw error;
  }
}
