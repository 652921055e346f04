import type { Argument, Option } from './command';

// Arguments and options that several commands have, with the same meaning.

/** An application; all applications without it. */
export const application = {
  summary: 'the name of an application, its file or folder in stacks/; without it, all applications',
} as const satisfies Argument;

/** An application, required. */
export const oneApplication = {
  summary: 'the name of an application, its file or folder in stacks/',
  required: true,
} as const satisfies Argument;

/** An environment; all environments without it. */
export const environment = {
  short: 'e',
  value: 'name',
  summary: 'the name of an environment; without it, all environments',
} as const satisfies Option;

/** An environment, required. */
export const oneEnvironment = {
  short: 'e',
  value: 'name',
  summary: 'the name of an environment',
  required: true,
} as const satisfies Option;

/** A component with a backup, required. */
export const backedUpComponent = {
  short: 'c',
  value: 'name',
  summary: 'the name of a component that has a backup, such as database',
  required: true,
} as const satisfies Option;

/** A registry that has the images of all other registries. */
export const registryMirror = {
  value: 'url',
  summary: 'ask this registry about all images, instead of the registries in the names of the images',
} as const satisfies Option;
