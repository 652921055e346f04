import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clusterHas } from './cluster';
import { images } from './engine';
import { isThere, testbed } from './requirements';
import { run } from './run';

const standIns = {
  nginx: 'nginxinc/nginx-unprivileged:1.27',
  postgres: 'postgres:17',
  redis: 'redis:7.4',
  mongo: 'mongo:7.0',
  python: 'python:3.13-slim',
};

/** What was there before any test. */
export const imagesBefore: string[] = [];

/** Makes the images that no registry can be asked for, and gives them to the cluster. */
export default async function setup(): Promise<void> {
  if (!existsSync(testbed) || !isThere('Docker engine')) return;
  // The testbed's engine builds without BuildKit.
  process.env['DOCKER_BUILDKIT'] ??= '0';
  for (const [kind, tag] of Object.entries(standIns))
    await run(join(testbed, 'image'), [kind, tag], { timeout: 600 });
  imagesBefore.push(...(await images()));
  if (!isThere('Kubernetes cluster')) return;
  for (const tag of [standIns.nginx, standIns.postgres, standIns.redis, standIns.mongo, standIns.python])
    if (!(await clusterHas(tag))) await run(join(testbed, 'cluster'), ['load', tag]);
}
