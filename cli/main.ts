#!/usr/bin/env node
// An older Node.js loads only this file. So the file has no imports at the top, and only old syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`catamaran needs Node.js 20.12 or newer: this is ${process.versions.node}`);
  process.exitCode = 1;
} else {
  const [, , ...args] = process.argv;
  // This keeps compiled code, so that the next start takes a tenth less time. Node.js 22.1 and newer can do this itself.
  const nodeModule = require('module') as { readonly enableCompileCache?: () => void };
  if (nodeModule.enableCompileCache) {
    nodeModule.enableCompileCache();
  } else if (args[0] !== undefined && /^[a-z]+$/.test(args[0])) {
    const path = require('path') as typeof import('path');
    const { loadWithCodeCache } = require('./code-cache') as typeof import('./code-cache');
    loadWithCodeCache(path.join(__dirname, '../catamaran.js'), process.cwd(), args[0]);
  }
  const { catamaran, watchEnd } = require('./program') as typeof import('./program');
  // A test that loads this file is no process of a command.
  const ended = require.main === module ? watchEnd(process.cwd()) : () => undefined;
  void catamaran(args, process.cwd()).then(ended);
}
