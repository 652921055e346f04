#!/usr/bin/env node
// An older Node.js loads only this file. So the file has no imports at the top, and only old syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`catamaran needs Node.js 20.12 or newer: this is ${process.versions.node}`);
  process.exitCode = 1;
} else {
  // Node.js 22.1 and newer can cache compiled code, which makes a start a tenth faster.
  const nodeModule = require('module') as { readonly enableCompileCache?: () => void };
  nodeModule.enableCompileCache?.();
  const { catamaran } = require('./program') as typeof import('./program');
  void catamaran(process.argv.slice(2), process.cwd());
}
