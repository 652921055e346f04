import { dirname, isAbsolute, relative, sep } from 'node:path';

/** The folder of this package. It is the same for the built code and, in tests, for the sources. */
export function packageFolder(): string {
  return dirname(require.resolve('catamaran/package.json'));
}

/** The folders of the repository with code that is written as a user writes it. */
const written = ['stacks', 'templates', 'test'];

/** Whether a source file belongs to this package. The stacks in its repository count as code of a user. */
export function isOwnCode(file: string): boolean {
  const path = relative(packageFolder(), file);
  const [folder = ''] = path.split(sep);
  return !isAbsolute(path) && folder !== '..' && !written.includes(folder);
}
