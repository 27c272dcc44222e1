// Bundles what users run: the command line and the library, a file each. Started as 340 modules, `activations` spent a
// quarter of its time on reading them.
import { build } from 'esbuild';

/**
 * Our modules are in the file, and run when they are first imported; packages stay packages. Those that the source imports
 * in its head would be loaded at every start, as such imports come first in a file: they are required instead, which waits.
 * Where the source says `import()` it waits anyhow.
 */
const waitingPackages = {
  name: 'waiting-packages',
  setup({ onResolve, onLoad }) {
    const names = /^(cli-progress|commander|minimatch|string-width|tar-stream|valibot|yazl)$/;
    const namespace = 'waiting-package';
    onResolve({ filter: names }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace } : { external: true },
    );
    onLoad({ filter: names, namespace }, ({ path }) => ({ contents: `module.exports = require('${path}');` }));
  },
};

/** A file for each entry. Throws what esbuild finds wrong, which it has printed. */
export async function bundleCode({ entryPoints, outdir }) {
  await build({
    ...{ entryPoints, outdir },
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20.19', charset: 'ascii' },
    ...{ packages: 'external', plugins: [waitingPackages] },
    banner: {
      js: "import { createRequire as createBundleRequire } from 'node:module';\nconst require = createBundleRequire(import.meta.url);",
    },
    // for stack traces (node --enable-source-maps); the sources themselves are not published
    ...{ sourcemap: 'linked', sourcesContent: false },
    logLevel: 'warning',
  });
}
