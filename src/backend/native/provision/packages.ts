import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { StepContext } from './events.js';
import { commandFailure, setupFailure, writeFailure } from './failures.js';
import { runCommand } from './run-command.js';
import { sha512 } from './verify.js';

/** The one release that the rest of the code is written against. */
export const TFJS_NODE_VERSION = '4.22.0';

/** tfjs-node and what it requires beside the tensor API, each with the registry's SHA-512. */
const PACKAGES = [
  {
    name: '@tensorflow/tfjs-node',
    version: TFJS_NODE_VERSION,
    sha512: 'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
  {
    name: 'google-protobuf',
    version: '3.21.4',
    sha512: 'MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
  },
  {
    name: 'progress',
    version: '2.0.3',
    sha512: '7PiHtLll5LdnKIMw100I+8xJXR5gW2QwWYkT6iJva0bXitZKa/XMrSbdmg3r2Xnaidz9Qumd0VPaMrZlF9V9sA==',
  },
];

/**
 * Places tfjs-node below `folder`/node_modules: from our own dependencies, else from npm's registry without its install
 * script. (npm removes an optional dependency whose install script failed, as this one's does on many networks.)
 */
export async function placeTfjsNode(folder: string, context: StepContext): Promise<void> {
  const nodeModules = join(folder, 'node_modules');
  const installed = await findInstalled();
  try {
    if (installed) await copyPackages(installed, nodeModules);
    else await fetchPackages(folder, nodeModules, context);
  } catch (error) {
    throw writeFailure(folder, error);
  }
}

/** The folders of the packages among our own dependencies, or undefined unless tfjs-node is there in the right version. */
async function findInstalled(): Promise<string[] | undefined> {
  try {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json');
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    const { resolve } = createRequire(manifest);
    const others = PACKAGES.slice(1).map(({ name }) => dirname(resolve(`${name}/package.json`)));
    return version === TFJS_NODE_VERSION ? [dirname(manifest), ...others] : undefined;
  } catch {
    return undefined;
  }
}

async function copyPackages(sources: string[], nodeModules: string): Promise<void> {
  for (const [index, { name }] of PACKAGES.entries()) {
    const source = sources[index] as string;
    const unneeded = ['lib/napi', 'deps', 'src', 'node_modules'].map((path) => join(source, path));
    const filter = (path: string): boolean => !unneeded.some((each) => path.startsWith(each));
    await cp(source, join(nodeModules, name), { recursive: true, dereference: true, filter });
  }
}

async function fetchPackages(folder: string, nodeModules: string, context: StepContext): Promise<void> {
  const specs = PACKAGES.map(({ name, version }) => `${name}@${version}`);
  const packed = await runCommand('npm', ['pack', '--ignore-scripts', '--pack-destination', folder, ...specs], {
    ...context,
    cwd: folder,
  });
  const hint = 'Check the network and npm, then run `cnnviz setup` again.';
  if (packed.missing)
    throw setupFailure('npm, which downloads tfjs-node, was not found', 'Install npm (Debian package npm).');
  if (packed.exitCode !== 0) throw commandFailure(`npm pack ${specs[0]}`, packed, folder, hint);
  for (const { name, version, sha512: expected } of PACKAGES) {
    const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    if ((await sha512(tarball)) !== expected) throw setupFailure(`${name}@${version}: wrong checksum`, hint);
    const target = join(nodeModules, name);
    await mkdir(target, { recursive: true });
    const untarred = await runCommand('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], context);
    if (untarred.exitCode !== 0) throw commandFailure(`unpacking ${name}`, untarred, folder, hint);
    await rm(tarball);
  }
}
