#!/usr/bin/env node
import module from 'node:module';

// Compiled code is kept from one call to the next where Node can do so, from 22.1 on.
module.enableCompileCache?.();
const { main } = await import('../dist/bundle/main.js');

process.exitCode = await main(process.argv);
