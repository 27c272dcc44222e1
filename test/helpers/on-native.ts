// Files that share a process begin as in one of their own, where `nativeTest` is the first to choose a backend.
import { beforeAll } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';

beforeAll(async () => {
  await selectBackend('native').catch(() => undefined);
});
