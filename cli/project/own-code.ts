import { dirname, relative, sep } from 'node:path';

/** The folder of this package. It is the same for the built code and, in tests, for the sources. */
export function packageFolder(): string {
  return dirname(require.resolve('catamaran/package.json'));
}

/** Whether a source file belongs to this package. The stacks in its repository count as code of a user. */
export function isOwnCode(file: string): boolean {
  const [folder = ''] = relative(packageFolder(), file).split(sep);
  return ['lib', 'constructs', 'charts', 'docker', 'cli'].includes(folder);
}
