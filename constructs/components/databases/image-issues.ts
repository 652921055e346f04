import type { Issue } from '../../issue';
import { versionText } from '../../model/version';
import type { DatabaseProps } from './database-props';
import type { DatabaseKind } from './engine';
import { parseVersion } from '../../model/version';
import type { StoreImage } from './store-image';

/** Something about the image of a database that is wrong, or that needs attention. */
export interface ImageFinding extends Omit<Issue, 'path'> {
  readonly weight: 'issue' | 'warning';
}

/** What is wrong with the image of a database, and with the version that the stack says. */
export function imageIssues(kind: DatabaseKind, image: StoreImage, props: DatabaseProps): ImageFinding[] {
  const refused = kind.imageProblem?.(image);
  if (refused !== undefined) return [{ weight: 'issue', field: 'image', got: image.text, write: refused }];
  return [...versionIssues(image, props.version), ...unknownVersion(kind, image, props)];
}

function versionIssues({ text, told }: StoreImage, given: string | undefined): ImageFinding[] {
  if (given === undefined) return [];
  const version = parseVersion(given);
  const found = (write: string): ImageFinding[] => [{ weight: 'issue', field: 'version', got: given, write }];
  if (version === undefined) return found("a version, such as '17' or '8.4'");
  const agrees = version.every((part, index) => part === (told?.[index] ?? part));
  return told === undefined || agrees
    ? []
    : found(`${versionText(told)}, as in the image ${text}, or leave it out`);
}

function unknownVersion(kind: DatabaseKind, image: StoreImage, props: DatabaseProps): ImageFinding[] {
  const { followsFromVersion: what, program } = kind;
  if (what === undefined || image.version !== undefined || props.version !== undefined) return [];
  const usual = kind.usualVersion;
  const got = image.text;
  if (image.isFamiliar) {
    const write = `version: '${usual}' beside it, or a tag that starts with the version`;
    const sentence = `image is ${JSON.stringify(got)}, which does not tell the version of ${program}, and ${what} follows from it: write ${write}`;
    return [{ weight: 'issue', field: 'image', got, write, sentence }];
  }
  const write = `version: '${usual}' beside it, or the version that it has`;
  const sentence = `image is ${got}, which does not tell the version of ${program}, and ${what} follows from it: it is taken for version ${usual}. To be sure, write ${write}`;
  return [{ weight: 'warning', field: 'image', got, write, sentence }];
}
