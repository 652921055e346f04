import type { Arguments } from './arguments';

/** Does what is asked for. */
export type Command = (given: Arguments) => void | Promise<void>;

/** Every command by its name. Each is loaded when it is asked for: synth must not pay for the others. */
export const commands: Readonly<Record<string, () => Command>> = {
  synth: () => (require('./commands/synth') as typeof import('./commands/synth')).synth,
  build: () => (require('./commands/build') as typeof import('./commands/build')).build,
  images: () => (require('./commands/images') as typeof import('./commands/images')).images,
  check: () => (require('./commands/check') as typeof import('./commands/check')).check,
  graph: () => (require('./commands/graph') as typeof import('./commands/graph')).graph,
  matrix: () => (require('./commands/matrix') as typeof import('./commands/matrix')).matrix,
  secrets: () => (require('./commands/secrets') as typeof import('./commands/secrets')).secrets,
  new: () => (require('./commands/new') as typeof import('./commands/new')).newStack,
  backup: () => (require('./commands/backup') as typeof import('./commands/backup')).backup,
  restore: () => (require('./commands/backup') as typeof import('./commands/backup')).restore,
};
