import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kubectl, tryKubectl } from './cluster';
import { run } from './run';

/** An object of a written file, as far as a controller of GitOps reads it. */
interface Written {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
}

interface Application extends Written {
  readonly spec: { readonly source: { readonly path: string } };
}

interface Kustomization extends Written {
  readonly spec: {
    readonly path: string;
    readonly dependsOn?: readonly { readonly name: string }[];
  };
}

/** How far a controller came. */
export interface Delivery {
  /** What it applied, and saw healthy. */
  readonly ready: string[];
  /** What it applied and what failed. */
  readonly failed: string[];
}

/**
 * Syncs as Argo CD does: wave by wave, each when all of the one before is healthy and its hooks have
 * succeeded. It reads the folder that the Application names, without those below.
 */
export async function syncAsArgoCd(repository: string, application: string): Promise<Delivery> {
  const [{ spec }] = read<Application>(join(repository, application));
  const folder = join(repository, spec.source.path);
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const objects = files.flatMap(({ name }) => read(join(folder, name)));
  const waveOf = ({ metadata }: Written) =>
    Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0');
  const ready: string[] = [];
  for (const wave of [...new Set(objects.map(waveOf))].sort((left, right) => left - right)) {
    const own = objects.filter((object) => waveOf(object) === wave);
    for (const { kind, metadata } of own)
      if (metadata.annotations?.['argocd.argoproj.io/hook-delete-policy'] === 'BeforeHookCreation')
        await kubectl([
          'delete',
          kind,
          metadata.name,
          ...namespaceOf(metadata),
          '--ignore-not-found',
          '--wait',
        ]);
    if (!(await applied(own))) return { ready, failed: [String(wave)] };
    ready.push(String(wave));
  }
  return { ready, failed: [] };
}

/** Reconciles as Flux does: each Kustomization when all that it depends on are ready. */
export async function reconcileAsFlux(repository: string, kustomization: string): Promise<Delivery> {
  const [{ spec }] = read<Kustomization>(join(repository, kustomization));
  const folder = join(repository, spec.path);
  const stages = readdirSync(folder).flatMap((name) => read<Kustomization>(join(folder, name)));
  const delivery: Delivery = { ready: [], failed: [] };
  for (;;) {
    const next = stages.find(
      ({ metadata: { name }, spec: { dependsOn = [] } }) =>
        ![...delivery.ready, ...delivery.failed].includes(name) &&
        dependsOn.every((other) => delivery.ready.includes(other.name)),
    );
    if (!next) return delivery;
    // As the controller builds it: https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go
    const build = [
      'kustomize',
      '--load-restrictor',
      'LoadRestrictionsNone',
      join(repository, next.spec.path),
    ];
    const done = await applied(documents(await run('kubectl', build)));
    (done ? delivery.ready : delivery.failed).push(next.metadata.name);
  }
}

/** Applies objects; tells whether they became healthy, or a Job failed. */
async function applied(objects: readonly Written[]): Promise<boolean> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects.map(triedOnce) });
  await kubectl(['apply', '--server-side', '--force-conflicts', '--filename', '-'], { input });
  for (const { kind, metadata } of objects) {
    const own = [...namespaceOf(metadata), '--timeout=180s'];
    const one = `${kind.toLowerCase()}/${metadata.name}`;
    if (kind === 'Deployment' || kind === 'StatefulSet') await kubectl(['rollout', 'status', one, ...own]);
    if (kind === 'Job' && !(await succeeded(one, own))) return false;
  }
  return true;
}

async function succeeded(job: string, args: readonly string[]): Promise<boolean> {
  const stop = new AbortController();
  const condition = async (name: string) => {
    const { code } = await tryKubectl(['wait', job, `--for=condition=${name}`, ...args], {
      signal: stop.signal,
    });
    if (code !== 0) throw new Error(`${job} is not ${name}`);
    return name === 'Complete';
  };
  try {
    return await Promise.any([condition('Complete'), condition('Failed')]);
  } finally {
    stop.abort();
  }
}

// Four tries of a Job that fails, each later than the one before, take a minute and a half.
function triedOnce(object: Written): Written {
  return object.kind === 'Job' ? { ...object, spec: { ...object.spec, backoffLimit: 0 } } : object;
}

function namespaceOf({ namespace }: Written['metadata']): string[] {
  return namespace === undefined ? [] : ['--namespace', namespace];
}

function read<Item extends Written = Written>(file: string): [Item, ...Item[]] {
  return documents(readFileSync(file, 'utf8'));
}

function documents<Item extends Written>(text: string): [Item, ...Item[]] {
  const [first, ...others] = parseAllDocuments(text).map((document) => document.toJS() as Item);
  if (!first) throw new Error('no object is written');
  return [first, ...others];
}
