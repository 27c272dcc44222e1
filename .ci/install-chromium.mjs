// Gives a CI machine the browser that the tests of the pages need, where it can: root, Debian's packages, none there yet.
// Without it those tests are skipped and say so; a failure is reported here and fails nothing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const isThere = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync);
if (isThere) console.log('Chromium is there');
else if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
  console.log('no Chromium, and no way to install it');
else {
  console.log('installing Chromium');
  const install = () => apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const done = install() || (apt('update') && install());
  console.log(done ? 'Chromium is installed' : 'Chromium could not be installed; its tests will be skipped');
}

function apt(...args) {
  const { status } = spawnSync('apt-get', args, {
    stdio: 'ignore',
    timeout: 120_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
