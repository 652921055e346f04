import type { Issue } from '../../constructs/issue';
import { componentPath } from '../../constructs/model/path';
import { mountPathsOf, type Container } from '../container';
import type { DockerPlan } from '../plan';
import { isInside } from './folders';

/**
 * The folders with files that Pulumi cannot make a volume of. With compose, each file is mounted by itself, from the machine
 * that runs compose; with Pulumi the engine may be on another machine, so that the whole folder is a volume.
 */
export function unfillable(application: string, { containers }: DockerPlan): Issue[] {
  return containers.flatMap((container) =>
    container.configs.flatMap(({ path }) =>
      issuesOf(componentPath(application, container.name), path, container),
    ),
  );
}

function issuesOf(component: string, path: string, container: Container): Issue[] {
  const reason = reasonFor(path, container);
  if (reason === undefined) return [];
  const write = `a file in another folder, or run docker compose in place of pulumi up`;
  const sentence = `files has files in the folder ${path}, but with Pulumi such a folder becomes a volume, and ${reason}: write ${write}`;
  return [{ path: component, field: 'files', got: path, write, sentence }];
}

function reasonFor(path: string, container: Container): string | undefined {
  if (path === '/') return 'the root cannot be one';
  const inner = mountPathsOf(container).find((mount) => isInside(mount, path));
  return inner === undefined ? undefined : `${inner}, which is in it, is mounted as well`;
}
