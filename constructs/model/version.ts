/** A version of a program: `[17]`, or `[8, 4, 3]`. */
export type Version = readonly number[];

/** The version in a text such as `8.4.3`; undefined if the text is none. */
export function parseVersion(text: string): Version | undefined {
  return /^\d{1,6}(\.\d{1,6}){0,3}$/.test(text) ? text.split('.').map(Number) : undefined;
}

/**
 * Whether a version is at least another one. A part that the version does not tell counts as the newest: the tag `8` is
 * the newest image of version 8.
 */
export function isAtLeast(version: Version, least: Version): boolean {
  for (const [index, part] of least.entries()) {
    const own = version[index];
    if (own === undefined || own > part) return true;
    if (own < part) return false;
  }
  return true;
}

/** A version as people write it, such as `8.4`. */
export function versionText(version: Version): string {
  return version.join('.');
}
