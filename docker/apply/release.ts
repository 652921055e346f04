import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { printedJson, runError } from '../../constructs/target/run-error';
import { isShareable, type Container } from '../container';
import { lastLines, type Ready } from './ended';
import type { Commands } from './commands';

/** The DNS names of the replicas of a workload in one network. */
export interface Names {
  /** The name of the network on the engine. */
  readonly network: string;
  /** The names of each replica, in the order of the replicas. */
  readonly aliases: readonly (readonly string[])[];
}

/**
 * The DNS names of the replicas of a container in each of its networks.
 * @param replicas the name of each replica, which is the same as with compose
 * @param onEngine returns the name of a network on the engine
 */
export function namesOf(
  { networks }: Container,
  replicas: readonly string[],
  onEngine: (network: string) => string,
): Names[] {
  return networks.map(({ network, aliases }) => ({
    network: onEngine(network.name),
    aliases: replicas.map((replica) => (aliases.length > 0 ? [...aliases, replica] : [])),
  }));
}

/**
 * Whether replicas get their DNS names only after all of them are healthy. Until then, the names lead to the old replicas.
 * Replicas have their names from the start if no old ones can run beside them, or if they have no health check.
 */
export function isNamedWhenHealthy(container: Container): boolean {
  return isShareable(container) && container.health.length > 0;
}

/** Resources for dependents to wait for: they exist when every replica is healthy and has its DNS names. */
export function released(
  container: Container,
  replicas: readonly docker.Container[],
  names: readonly Names[],
  engine: Commands,
): Ready[] {
  if (container.health.length === 0) return [...replicas];
  const known = pulumi.all(
    replicas.map(({ id, urn }) => pulumi.all([id, urn]).apply(([id, urn]): Replica => ({ id, urn }))),
  );
  const out = known.apply((all) => release(container, all, names, engine));
  return replicas.map((replica) => out.apply(() => replica));
}

/**
 * Waits until every replica of a workload is healthy, and then adds their DNS names. The provider can do neither: it does
 * not report why a container is unhealthy, and sets names only when it creates a container.
 * @throws {pulumi.RunError} with the end of the log of a replica that is not healthy in time
 */
export async function release(
  container: Container,
  replicas: readonly Replica[],
  names: readonly Names[],
  engine: Commands,
): Promise<void> {
  const unhealthy = await unhealthyAfter(container.patience, replicas, engine);
  if (unhealthy) throw runError(await failureOf(container, unhealthy, engine));
  if (!isNamedWhenHealthy(container)) return;
  let isNew = false;
  for (const [index, { id }] of replicas.entries())
    for (const { network, aliases } of names)
      if (await addNames(id, network, aliases[index] ?? [], engine)) isNew = true;
  if (isNew) await engine.pause(nameCacheTime);
}

/** A container of a workload: its id on the engine, and its URN in Pulumi. */
export interface Replica {
  readonly id: string;
  readonly urn: string;
}

/** Milliseconds to wait before the old replicas stop, so that proxies use the new ones. nginx caches DNS names for a second. */
const nameCacheTime = 3_000;

/** The part of `docker inspect` that is used here. */
interface Inspected {
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health?: {
      readonly Status: string;
      readonly Log: readonly { readonly Output: string }[] | null;
    };
  };
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly Aliases: readonly string[] | null }>>;
  };
}

async function inspect(id: string, engine: Commands): Promise<Inspected> {
  const text = await engine.run('container', 'inspect', '--format', '{{json .}}', id);
  return printedJson('docker container inspect', text) as Inspected;
}

/** Waits until all replicas are healthy, at most for `patience` milliseconds. Returns the first that is not healthy then. */
async function unhealthyAfter(
  patience: number,
  replicas: readonly Replica[],
  engine: Commands,
): Promise<Replica | undefined> {
  for (let waited = 0; ; waited += 500) {
    const all = await Promise.all(replicas.map(({ id }) => inspect(id, engine)));
    const unhealthy = replicas.find((_, index) => all[index]?.State.Health?.Status !== 'healthy');
    if (!unhealthy || waited >= patience) return unhealthy;
    await engine.pause(500);
  }
}

async function failureOf(
  { name, patience }: Container,
  { id, urn }: Replica,
  engine: Commands,
): Promise<string> {
  const { State } = await inspect(id, engine);
  const log = await engine.runForLog('container', 'logs', '--tail', '10', id);
  const checked = State.Health?.Log?.at(-1)?.Output ?? '';
  const state = State.Status === 'running' ? 'running' : `${State.Status}, exit code ${State.ExitCode}`;
  return [
    `${name}: a replica is not healthy after ${Math.round(patience / 1000)} s (${state}). Components that wait for it ` +
      'were not updated. Correct it, or what it depends on, and run pulumi up again; or create the replica again with ' +
      `pulumi up --replace '${urn}'. Its log ends with:`,
    lastLines(log),
    ...(checked.trim() === '' ? [] : [`Its health check printed: ${lastLines(checked, 1)}`]),
  ].join('\n');
}

/**
 * Adds the DNS names of a container in a network. The engine can only do so when the container joins the network. So the
 * container leaves the network for a moment. That interrupts no requests: without its names, the container gets none yet.
 * @returns whether the names are new
 */
async function addNames(
  id: string,
  network: string,
  aliases: readonly string[],
  engine: Commands,
): Promise<boolean> {
  if (aliases.length === 0) return false;
  const { NetworkSettings } = await inspect(id, engine);
  const place = NetworkSettings.Networks[network];
  if (aliases.every((alias) => place?.Aliases?.includes(alias))) return false;
  if (place) await engine.run('network', 'disconnect', network, id);
  await engine.run('network', 'connect', ...aliases.flatMap((alias) => ['--alias', alias]), network, id);
  return true;
}
