import type { Argument, Option } from './command';

// Several commands take these, and each means the same by them.

/** One application, or all of them. */
export const application = {
  summary: 'the name of an application, its file or folder in stacks/; without it, all applications',
} as const satisfies Argument;

/** The one application that a command is about. */
export const oneApplication = {
  summary: 'the name of an application, its file or folder in stacks/',
  required: true,
} as const satisfies Argument;

/** One environment, or all of them. */
export const environment = {
  short: 'e',
  value: 'name',
  summary: 'the name of an environment; without it, all environments',
} as const satisfies Option;

/** The one environment that a command is about. */
export const oneEnvironment = {
  short: 'e',
  value: 'name',
  summary: 'the name of an environment',
  required: true,
} as const satisfies Option;

/** The component that is backed up. */
export const backedUpComponent = {
  short: 'c',
  value: 'name',
  summary: 'the name of a component that has a backup, such as database',
  required: true,
} as const satisfies Option;

/** Who is asked about images in place of their registries. */
export const registryMirror = {
  value: 'url',
  summary: 'ask this registry about images, not the registries that their names say',
} as const satisfies Option;
