import { parseVersion, type Version } from './version';

/** The parts of the name of an image. A part that the name does not have is empty. */
export interface ImageName {
  /** The name without registry, tag and digest, such as `pgvector/pgvector`; without `library/`. */
  readonly repository: string;
  readonly tag: string;
}

/** Splits the name of an image. */
export function parseImageName(reference: string): ImageName {
  const withoutDigest = reference.replace(/@.*$/, '');
  const [, name = '', tag = ''] = /^(.*?)(?::([^:/]*))?$/.exec(withoutDigest) ?? [];
  const [first = '', ...others] = name.split('/');
  const path = others.length > 0 && /[.:]|^localhost$/.test(first) ? others.join('/') : name;
  // Mirrors of Docker Hub keep its path, such as public.ecr.aws/docker/library/postgres.
  return { repository: path.replace(/^(?:.*\/)?library\//, ''), tag };
}

/** The last part of a repository: `pgvector` of `pgvector/pgvector`. */
export function baseName({ repository }: ImageName): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** The version that a tag starts with: 17 in `17.2-alpine`; undefined for a tag such as `latest`. */
export function versionOfTag(tag: string): Version | undefined {
  const [, version = ''] = /^v?(\d+(?:\.\d+){0,3})(?![\d.])/.exec(tag) ?? [];
  return parseVersion(version);
}
