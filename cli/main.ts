#!/usr/bin/env node
// An older Node loads this file and nothing else, so it imports nothing and keeps to old syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`catamaran needs Node.js 20.12 or newer: this is ${process.versions.node}`);
  process.exitCode = 1;
} else {
  // Node.js from 22.1 on keeps what it has compiled: a start takes a tenth less time.
  const nodeModule = require('module') as { readonly enableCompileCache?: () => void };
  nodeModule.enableCompileCache?.();
  const { catamaran } = require('./program') as typeof import('./program');
  void catamaran(process.argv.slice(2), process.cwd());
}
