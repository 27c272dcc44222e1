// A process that tries for one lock after the other, as its parent says, and reports what it got.
import { tryLock } from '../../dist/disk/lock.js';

process.on('message', async ({ path, at }) => {
  while (Date.now() < at); // all of them at the same instant
  const result = await tryLock(path).catch((error) => ({ error: String(error) }));
  process.send({ got: 'release' in result, error: result.error });
});
process.send('ready');
