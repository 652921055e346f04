import { dirname, relative, sep } from 'node:path';

/** The folder of this package, which is the same for what is built and, in tests, for the sources. */
export function packageFolder(): string {
  return dirname(require.resolve('catamaran/package.json'));
}

/** Whether a file of code belongs to this package. Its own stacks are code of a user, as any others. */
export function isOwnCode(file: string): boolean {
  const [folder = ''] = relative(packageFolder(), file).split(sep);
  return ['lib', 'constructs', 'charts', 'docker', 'cli'].includes(folder);
}
