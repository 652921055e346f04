import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder, keep } from './project/cache';

const digestBytes = 32;

/**
 * Loads a CommonJS file as `require` does, if the file exists. Keeps the code that V8 compiles for the file, so that the next
 * run of the same command takes a tenth less time. Only for Node.js before 22.1, which has no `module.enableCompileCache`.
 * @param project the folder of the project. The code is kept in its node_modules/.cache, if there is a node_modules
 * @param command the name of the command. Each command has kept code of its own, because it runs other functions
 */
export function loadWithCodeCache(file: string, project: string, command: string): void {
  // The tests run the sources, which have no bundle.
  if (!existsSync(file)) return;
  const source = readFileSync(file, 'utf8');
  const kept = join(
    cacheFolder(project),
    `${command}-${process.version}-${process.platform}-${process.arch}.bin`,
  );
  // Stack traces from kept code name the file that it was made from.
  const origin = `${file}\n${source}`;
  const cachedData = keptCode(kept, origin);
  const script = new Script(Module.wrap(source), { filename: file, ...(cachedData && { cachedData }) });
  const module = new Module(file);
  module.filename = file;
  module.loaded = true;
  require.cache[file] = module;
  const run = script.runInThisContext() as (...values: readonly unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  const isUsed = cachedData !== undefined && script.cachedDataRejected !== true;
  if (isUsed || !existsSync(join(project, 'node_modules'))) return;
  // At the end, V8 has compiled every function that the command runs. A command that fails does not run all of them.
  process.on('exit', (exitCode) => {
    if (exitCode !== 0) return;
    const code = script.createCachedData();
    keep(kept, Buffer.concat([digestOf(origin, code), code]));
  });
}

/**
 * Reads the code that was kept for a file. V8 checks neither the file nor the code, so this checks a digest of both.
 * @param origin the name and the source of the file
 */
function keptCode(file: string, origin: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    const code = content.subarray(digestBytes);
    return content.subarray(0, digestBytes).equals(digestOf(origin, code)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(origin: string, code: Uint8Array): Buffer {
  return createHash('sha256').update(origin).update(code).digest();
}
