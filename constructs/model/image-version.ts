/** The name and the version of an image. */
export interface ImageParts {
  /** The name without tag and digest. */
  readonly name: string;
  /** The numbers that the tag starts with, such as [4, 2, 0]; empty if the tag tells none. */
  readonly version: readonly number[];
}

/** The parts of an image's reference. */
export function imageParts(reference: string): ImageParts {
  const [, name = reference, tag = ''] = /^(.*?)(?::([^:/@]*))?(?:@.*)?$/.exec(reference) ?? [];
  const [numbers = ''] = /^\d+(?:\.\d+)*/.exec(tag) ?? [];
  return { name, version: numbers === '' ? [] : numbers.split('.').map(Number) };
}

/** Whether a version is older than another one. A version that is not known counts as the newest. */
export function isOlder(version: readonly number[], than: readonly number[]): boolean {
  if (version.length === 0) return false;
  const different = than.findIndex((number, index) => (version[index] ?? 0) !== number);
  return different >= 0 && (version[different] ?? 0) < (than[different] ?? 0);
}
