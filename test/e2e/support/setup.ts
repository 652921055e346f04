import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { giveToCluster } from './cluster';
import { images, removeNewImages } from './engine';
import { isThere, repository, testbed } from './requirements';
import { attempt, run } from './run';

const standIns = {
  nginx: 'nginxinc/nginx-unprivileged:1.27',
  postgres: 'postgres:17',
  redis: 'redis:7.4',
  mongo: 'mongo:7.0',
  python: 'python:3.13-slim',
  node: 'node:22-slim',
  prometheus: 'prom/prometheus:v3.5.0',
};

/** What was there before any test. */
const imagesBefore: string[] = [];

/** Stand-ins that the testbed has none for: a folder of test/images for each tag. */
const own = {
  'mysql:8.4': 'mysql',
  'mariadb:11.4': 'mysql',
  'docker.elastic.co/elasticsearch/elasticsearch:9.1.4': 'elasticsearch',
  'grafana/grafana:12.2.0': 'grafana',
};

/** For a file that runs by itself: a gate has made what its files need. */
export default async function setup(): Promise<void> {
  if (process.env['CATAMARAN_E2E_PREPARED'] === undefined) await prepare();
}

/** Makes the images that no registry can be asked for, and gives them to the cluster. */
export async function prepare(): Promise<void> {
  if (!existsSync(testbed) || !isThere('Docker engine')) return;
  // The testbed's engine builds without BuildKit.
  process.env['DOCKER_BUILDKIT'] ??= '0';
  for (const [kind, tag] of Object.entries(standIns))
    await run(join(testbed, 'image'), [kind, tag], { timeout: 600 });
  for (const [tag, folder] of Object.entries(own)) await buildMissing(tag, folder);
  imagesBefore.push(...(await images()));
  if (!isThere('Kubernetes cluster')) return;
  const { nginx, postgres, redis, mongo, python, prometheus } = standIns;
  const loaded = [nginx, postgres, redis, mongo, python, prometheus, ...Object.keys(own)];
  await giveToCluster(loaded);
}

/** Removes the images that the tests made. */
export async function tidy(): Promise<void> {
  if (isThere('Docker engine')) await removeNewImages(imagesBefore);
}

async function buildMissing(tag: string, folder: string): Promise<void> {
  if ((await attempt('docker', ['image', 'inspect', tag])).code === 0) return;
  const context = join(repository, 'test', 'images', folder);
  await run('docker', ['build', '--quiet', '--network', 'host', '--tag', tag, context], { timeout: 600 });
}
