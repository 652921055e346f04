import type { Command } from '../command';

/** The commands by name. Each is loaded only when it is used, so that synth starts fast. */
export const commands: Readonly<Record<string, () => Command>> = {
  synth: () => (require('./synth') as typeof import('./synth')).synth,
  build: () => (require('./build') as typeof import('./build')).build,
  images: () => (require('./images') as typeof import('./images')).images,
  check: () => (require('./check') as typeof import('./check')).check,
  graph: () => (require('./graph') as typeof import('./graph')).graph,
  matrix: () => (require('./matrix') as typeof import('./matrix')).matrix,
  secrets: () => (require('./secrets') as typeof import('./secrets')).secrets,
  new: () => (require('./new') as typeof import('./new')).newStack,
  backup: () => (require('./backup') as typeof import('./backup')).backup,
  restore: () => (require('./restore') as typeof import('./restore')).restore,
};
