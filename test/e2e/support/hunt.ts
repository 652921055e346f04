import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Place } from '../../support/leaks';
import { kubectl, podComponent, podsOf } from './cluster';
import { componentOf, containersOf, docker, namesOf } from './engine';
import { attempt } from './run';

/** Every file of a project: its sources, what was written, and the state of Pulumi with its history. */
export function filesOf(folder: string): Place[] {
  const skipped = ['node_modules', 'lib'].map((name) => join(folder, name));
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((file): Place[] => {
    const path = join(file.parentPath, file.name);
    if (!file.isFile() || skipped.some((one) => path.startsWith(`${one}/`))) return [];
    // Where the values come from.
    return file.name === '.env' ? [] : [[`file ${relative(folder, path)}`, readFileSync(path, 'utf8')]];
  });
}

/** What an engine tells of a project to everybody who may ask it: all but what is inside of containers and volumes. */
export async function toldByEngine(project: string, since: Date): Promise<Place[]> {
  const containers = await containersOf(project);
  const inspected = containers.map((one): Place => [`inspect of ${componentOf(one)}`, JSON.stringify(one)]);
  const logs = containers.map(async (one): Promise<Place> => {
    const { stdout, stderr } = await attempt('docker', ['logs', one.Id]);
    return [`log of ${componentOf(one)}`, stdout + stderr];
  });
  const images = [...new Set(containers.map(({ Image }) => Image))].flatMap((image) => [
    told('image', 'image', 'inspect', image),
    told('image', 'image', 'history', '--no-trunc', image),
  ]);
  const others = (['network', 'volume'] as const).map(async (kind): Promise<Place> => {
    const names = await namesOf(project, kind);
    return [kind, names.length === 0 ? '' : await docker(kind, 'inspect', ...names)];
  });
  const range = [`--since=${since.toISOString()}`, `--until=${new Date().toISOString()}`];
  const events = told('event of the engine', 'events', ...range, '--format', '{{json .}}');
  return [...inspected, ...(await Promise.all([...logs, ...images, ...others, events]))];
}

async function told(where: string, ...command: readonly string[]): Promise<Place> {
  return [where, await docker(...command)];
}

/** What a cluster tells of a namespace: every object but Secrets, events among them, and every log. */
export async function toldByCluster(namespace: string): Promise<Place[]> {
  const inside = ['--namespace', namespace];
  const kinds = await kubectl(['api-resources', '--namespaced', '--verbs=list', '--output=name']);
  const all = kinds.split('\n').filter((kind) => kind !== '' && kind !== 'secrets');
  const listed = await kubectl([...inside, 'get', all.join(), '--output=json', '--ignore-not-found']);
  const { items } = (listed === '' ? { items: [] } : JSON.parse(listed)) as {
    items: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[];
  };
  const logs = (await podsOf(namespace)).map(async (pod): Promise<Place> => {
    const { stdout } = await attempt('kubectl', [...inside, 'logs', pod.metadata.name, '--all-containers']);
    return [`log of ${podComponent(pod)}`, stdout];
  });
  return [
    ...items.map((item): Place => [`object ${item.kind}/${item.metadata.name}`, JSON.stringify(item)]),
    ...(await Promise.all(logs)),
  ];
}
