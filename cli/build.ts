import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { IssuesError } from '../constructs/issue';
import { createApplications, loadStacks } from './load';
import type { Arguments } from './arguments';
import { planApplication, type Planned } from './plan';

interface BuiltImage {
  readonly name: string;
  readonly context: string;
  readonly dockerfile: string;
}

/** Builds the images of applications with Docker, prints their names, and pushes them if asked to. */
export function build({ application, environment, push }: Arguments): void {
  const applications = createApplications(loadStacks(process.cwd(), application), environment);
  const images = applications.map(planApplication).flatMap(imagesOf);
  for (const { name, context, dockerfile } of new Map(images.map((image) => [image.name, image])).values()) {
    docker(['build', '--quiet', '--tag', name, '--file', join(context, dockerfile), context]);
    if (push) docker(['push', '--quiet', name]);
    console.log(name);
  }
}

function imagesOf({ application, model }: Planned): BuiltImage[] {
  const { environment, folder } = application;
  const registry = environment.target === 'kubernetes' ? environment.registry : undefined;
  return model.workloads.flatMap(({ image }) =>
    image.kind === 'reference'
      ? []
      : [
          {
            name: `${registry === undefined ? '' : `${registry}/`}${image.repository}:${image.tag}`,
            context: join(folder, image.context),
            dockerfile: image.dockerfile,
          },
        ],
  );
}

function docker(args: readonly string[]): void {
  const { status, error } = spawnSync('docker', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) return;
  const got = error ? error.message : `exit code ${status}`;
  throw new IssuesError([
    { path: 'catamaran build', field: `docker ${args.join(' ')}`, got, write: 'what Docker accepts' },
  ]);
}
