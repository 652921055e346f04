import { IssuesError } from '../../../constructs/issue';

/**
 * Checks the value of --registry-mirror.
 * @param path the command, such as `catamaran images`, for the issue
 * @throws IssuesError if it is not an address
 */
export function checkMirror(path: string, mirror: string | undefined): void {
  if (mirror === undefined || (URL.canParse(mirror) && /^https?:\/\//.test(mirror))) return;
  const write = 'the address of a registry, such as https://mirror.example.com';
  throw new IssuesError([{ path, field: '--registry-mirror', got: mirror, write }]);
}
