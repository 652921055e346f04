import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { carriers, validOn } from '../random/application';
import type { Description, SettingsDescription } from '../random/description';
import { plannedOf } from '../random/outcome';
import { seed } from '../random/runs';
import type { Carrier } from '../random/routes';
import { kubectl, makeNamespace, sweepNamespace, tryKubectl } from './support/cluster';
import { onCluster, withComposeScanners, withManifestScanners } from './support/requirements';
import { scan } from './support/scan';

/** The levels of Pod Security that an application may need. */
const levels = ['restricted', 'baseline'] as const;

function namespaceOf(level: (typeof levels)[number]): string {
  return `random-e2e-${level}`;
}

const clusters = carriers.filter((carrier) => carrier !== 'docker');

/** Random applications that nothing is wrong with. */
function sample(carrier: Carrier, count: number): Description[] {
  return fc.sample(validOn(carrier), { seed, numRuns: count });
}

/** Whether the environment accepts that a component runs as root: its namespace cannot be restricted then. */
function acceptsRoot({ place: { accept = [] } }: Description): boolean {
  return accept.includes('privilege');
}

/** Where others publish nothing. @param namespace the namespace to put it into */
function apart(description: Description, namespace: string): Description {
  const { place } = description;
  if (place.target === 'docker') return description;
  const components = Object.entries(place.components).map(([name, settings]) => [name, balanced(settings)]);
  return { ...description, place: { ...place, namespace, components: Object.fromEntries(components) } };
}

function balanced(settings: SettingsDescription): SettingsDescription {
  const { expose } = settings;
  return expose?.kind === 'node-port'
    ? { ...settings, expose: { kind: 'load-balancer', port: expose.port } }
    : settings;
}

/** Those of a controller that is not here have schemas of their own, which unit tests ask. */
const known = /^(v1|(apps|batch|autoscaling|policy|networking\.k8s\.io|scheduling\.k8s\.io)\/v\d)$/;

/** Writes applications, each into a folder of its own, with the API objects that Kubernetes itself knows. */
function write(folder: string, descriptions: readonly Description[]): string[] {
  return descriptions.map((description, index) => {
    const own = join(folder, String(index));
    for (const [name, text] of Object.entries(plannedOf(description).files)) {
      // Byte for byte as they are written: a literal text is indented, so that no line of one is a separator.
      const documents = text.split(/^---\n/m).filter((document) => known.test(apiVersionOf(document)));
      if (documents.length > 0) put(join(own, name), documents.join('---\n'));
    }
    return own;
  });
}

function apiVersionOf(document: string): string {
  return /^apiVersion: '?([^'\n]*)'?$/m.exec(document)?.[1] ?? '';
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'catamaran-random-e2e-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

withManifestScanners('300 random applications', () => {
  test('are as the strict schemas of Kubernetes and Pod Security restricted ask', async () => {
    const all = clusters.flatMap((carrier) => sample(carrier, 60));
    const hardened = all.filter((description) => !acceptsRoot(description));
    expect(hardened.length).toBeGreaterThan(100);
    const folders = { all: join(folder, 'manifests'), hardened: join(folder, 'hardened') };
    write(folders.all, all);
    write(folders.hardened, hardened);
    expect(await scan(folders.all, { only: ['kubeconform'] })).toEqual([]);
    expect(await scan(folders.hardened, { only: ['pss'] })).toEqual([]);
  });
});

onCluster('25 random applications', () => {
  beforeAll(async () => {
    for (const level of levels) {
      await sweepNamespace(namespaceOf(level));
      await makeNamespace(namespaceOf(level), level);
    }
  });

  afterAll(async () => {
    for (const level of levels) await sweepNamespace(namespaceOf(level));
  });

  test.each(levels)('are admitted by the API server at the level %s, without a warning', async (level) => {
    const namespace = namespaceOf(level);
    const fitting = clusters
      .flatMap((carrier) => sample(carrier, level === 'restricted' ? 10 : 30))
      .filter((description) => acceptsRoot(description) === (level === 'baseline'))
      .slice(0, 25);
    expect(fitting.length).toBeGreaterThan(0);
    const folders = write(
      join(folder, level),
      fitting.map((description) => apart(description, namespace)),
    );
    const files = folders.flatMap((one) => ['--filename', one]);
    const { code, stdout, stderr } = await tryKubectl(
      ['apply', '--dry-run=server', '--validate=strict', ...files],
      {
        timeout: 240,
      },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    process.stdout.write(`    ${stdout.trim().split('\n').length} objects admitted\n`);
    expect(await kubectl(['--namespace', namespace, 'get', 'deployments', '--output', 'name'])).toBe('');
  });
});

withComposeScanners('40 random applications', () => {
  test('are read by docker compose', async () => {
    const all = join(folder, 'compose');
    const files = sample('docker', 40).map(
      (description) => plannedOf(description).files['compose.yaml'] ?? '',
    );
    for (const [index, text] of files.entries()) put(join(all, String(index), 'compose.yaml'), text);
    const asked = [...files.join('\n').matchAll(/\$\{(\w+):\?| {4}environment: (\w+)$/gm)];
    const env = Object.fromEntries(
      asked.map(([, variable, secret]) => [variable ?? secret ?? '', 'a value']),
    );
    expect(await scan(all, { only: ['compose'], env })).toEqual([]);
  });
});
