import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';
import { isShareable, type Container } from '../container';
import { lastLines, type Ready } from './ended';
import type { Commands } from './commands';

/** What the replicas of a workload are known by in a network. */
export interface Names {
  /** The network's own, on the engine. */
  readonly network: string;
  /** Of each replica, in their order. */
  readonly aliases: readonly (readonly string[])[];
}

/**
 * What callers find replicas by, in their networks.
 * @param replicas the names by which compose would have them called, too
 * @param onEngine the name of a network there
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
 * Whether replicas are known by their names no sooner than all of them are healthy: those before them answer until
 * then. Others are known from the start, as nobody else is there, or nothing tells when they are healthy.
 */
export function isNamedLate(container: Container): boolean {
  return isShareable(container) && container.health.length > 0;
}

/** What dependents of a workload wait for: that every replica is healthy, and is found by name. */
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
 * Waits until every replica of a workload is healthy, and then lets callers find them by name. The provider can do
 * neither: it says nothing of why a container is not healthy, and gives names to new containers alone.
 * @throws {pulumi.RunError} with the last lines of a replica that is not healthy in time
 */
export async function release(
  container: Container,
  replicas: readonly Replica[],
  names: readonly Names[],
  engine: Commands,
): Promise<void> {
  const late = await lateAfter(container.patience, replicas, engine);
  if (late) throw runError(await complaint(container, late, engine));
  if (!isNamedLate(container)) return;
  let isNew = false;
  for (const [index, { id }] of replicas.entries())
    for (const { network, aliases } of names)
      if (await name(id, network, aliases[index] ?? [], engine)) isNew = true;
  if (isNew) await engine.pause(heard);
}

/** A container as the engine and Pulumi know it. */
export interface Replica {
  readonly id: string;
  readonly urn: string;
}

/**
 * Milliseconds in which a proxy that remembers names for a second learns of new ones, before those that it knows stop.
 */
const heard = 3_000;

/** What an engine says of a container, as far as it matters here. */
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
  return JSON.parse(await engine.run('container', 'inspect', '--format', '{{json .}}', id)) as Inspected;
}

/** Waits for some milliseconds at most; returns the first that is not healthy then. */
async function lateAfter(
  patience: number,
  replicas: readonly Replica[],
  engine: Commands,
): Promise<Replica | undefined> {
  for (let waited = 0; ; waited += 500) {
    const all = await Promise.all(replicas.map(({ id }) => inspect(id, engine)));
    const late = replicas.find((_, index) => all[index]?.State.Health?.Status !== 'healthy');
    if (!late || waited >= patience) return late;
    await engine.pause(500);
  }
}

async function complaint(
  { name, patience }: Container,
  { id, urn }: Replica,
  engine: Commands,
): Promise<string> {
  const { State } = await inspect(id, engine);
  const log = await engine.runForLog('container', 'logs', '--tail', '10', id);
  const checked = State.Health?.Log?.at(-1)?.Output ?? '';
  const state = State.Status === 'running' ? 'running' : `${State.Status}, exit code ${State.ExitCode}`;
  return [
    `${name}: not healthy after ${Math.round(patience / 1000)} s (${state}), and what waits for it is left as it was; ` +
      `mend it, or what it calls, and run pulumi up again, or make it anew with pulumi up --replace '${urn}'. It said:`,
    lastLines(log),
    ...(checked.trim() === '' ? [] : [`Its health check said: ${lastLines(checked, 1)}`]),
  ].join('\n');
}

/**
 * Gives a container its names in a network. An engine adds none to a container that is there: it has to leave for a
 * moment, when nobody calls it.
 * @returns whether it did not have them
 */
async function name(
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
