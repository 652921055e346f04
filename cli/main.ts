#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { Arguments } from './arguments';
import { fail, UsageError } from './failure';

type Command = (given: Arguments) => void;

const usage = `catamaran synth   [application] [--environment name] [--out folder] [--check]
                  writes dist/<application>/<environment>; --check writes nothing and fails on a difference
catamaran build   [application] [--environment name] [--push]
                  builds the images of the applications with Docker, and pushes them
catamaran graph   [application] [--environment name]
                  draws the applications as Mermaid flowcharts
catamaran matrix
                  prints what each target does with each field of the model
catamaran secrets <application> --environment <name> [--init]
                  lists the secrets that are needed, from where, and which are missing; --init generates those
catamaran new     <application>
                  writes a small stack to start from, and its test`;

// Each command is loaded when it is asked for: synth must not pay for the others.
const commands: Readonly<Record<string, () => Command>> = {
  synth: () => (require('./synth') as typeof import('./synth')).synth,
  build: () => (require('./build') as typeof import('./build')).build,
  graph: () => (require('./graph') as typeof import('./graph')).graph,
  matrix: () => (require('./matrix') as typeof import('./matrix')).matrix,
  secrets: () => (require('./secrets') as typeof import('./secrets')).secrets,
  new: () => (require('./new') as typeof import('./new')).newStack,
};

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      environment: { type: 'string', short: 'e' },
      out: { type: 'string', short: 'o', default: 'dist' },
      check: { type: 'boolean', default: false },
      init: { type: 'boolean', default: false },
      push: { type: 'boolean', default: false },
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
    command()({ ...values, application, environment: values.environment });
  }
}

try {
  main();
} catch (error) {
  fail(error);
}
