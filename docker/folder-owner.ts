import { isRoot, userOf, type Container } from './container';

/** Who owns the files in the folders that start with the content of the image. */
export type FolderOwner =
  /** Whoever the image says. Root can change them all. */
  | { readonly kind: 'image' }
  /** The user of the container: this command makes it so, as root with these capabilities. */
  | { readonly kind: 'user'; readonly command: readonly string[]; readonly capabilities: readonly string[] };

/** How the user of a container becomes the owner of its folders with the content of the image. */
export function ownership(container: Container): FolderOwner {
  const paths = container.imageFolders.map(({ path }) => path);
  if (paths.length === 0 || isRoot(container)) return { kind: 'image' };
  return {
    kind: 'user',
    // With -h, a link changes its owner, and not the file that it leads to.
    command: ['chown', '-hR', userOf(container), ...paths],
    // Root without capabilities cannot look into the folders of other users.
    capabilities: ['CHOWN', 'DAC_READ_SEARCH'],
  };
}
