#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { commands } from './commands';
import { fail, UsageError } from './failure';

const usage = `catamaran synth   [application] [--environment name] [--out folder] [--check]
                  writes dist/<application>/<environment>; --check writes nothing and fails on a difference
catamaran build   [application] [--environment name] [--push] [--registry-mirror url]
                  builds the images of the applications with Docker; --push pushes them, for all their platforms,
                  and pins them in images.lock.json
catamaran images  [application] [--environment name] [--pin [--update]] [--registry-mirror url]
                  lists the images, and which are pinned; --pin writes the digests of those that are pulled and not
                  pinned yet into images.lock.json, --update those of all; a mirror is asked in place of registries
catamaran check   [application] [--environment name] [--explain policy]
                  says which policies are broken, one line for each finding, and fails where one is; --explain tells
                  what a policy asks, and why
catamaran graph   [application] [--environment name]
                  draws the applications as Mermaid flowcharts
catamaran matrix
                  prints what each target does with each field of the model
catamaran secrets <application> --environment <name> [--init]
                  lists the secrets that are needed, from where, and which are missing; --init generates those
catamaran new     <application> [--owner address]
                  writes a small stack to start from, and its test; the owner is who answers for it
catamaran backup  <application> --environment <name> --component <name>
                  backs a component up at once, as its schedule does
catamaran restore <application> --environment <name> --component <name> [--list] [--from file] [--yes]
                  puts the newest backup back, or that of the file; --yes also where there are data; --list lists`;

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      environment: { type: 'string', short: 'e' },
      out: { type: 'string', short: 'o', default: 'dist' },
      check: { type: 'boolean', default: false },
      init: { type: 'boolean', default: false },
      push: { type: 'boolean', default: false },
      pin: { type: 'boolean', default: false },
      update: { type: 'boolean', default: false },
      'registry-mirror': { type: 'string' },
      component: { type: 'string', short: 'c' },
      from: { type: 'string', default: 'latest' },
      list: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      owner: { type: 'string' },
      explain: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name = '', application, ...rest] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (values.help) {
    console.log(usage);
  } else if (!command || rest.length > 0) {
    throw new UsageError(`unknown command: ${positionals.join(' ')}\n\n${usage}`);
  } else {
    const { environment, component, owner, explain, 'registry-mirror': registryMirror, ...flags } = values;
    const given = { ...flags, application, environment, component, owner, explain, registryMirror };
    void command()(given)?.catch(fail);
  }
}

// Whoever reads no further, such as head, has what was asked for; the command goes on to its end.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

try {
  main();
} catch (error) {
  fail(error);
}
