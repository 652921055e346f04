import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository, withManifestScanners } from './support/requirements';
import { attempt } from './support/run';
import { scan, type Finding } from './support/scan';

const only = ['kubeconform', 'pss', 'kube-score', 'checkov'] as const;
const dist = join(repository, 'dist');

/** Every environment on a cluster, as application/environment. */
const environments = readdirSync(join(repository, 'stacks'))
  .flatMap((application) => readdirSync(join(dist, application)).map((name) => `${application}/${name}`))
  .filter((environment) => existsSync(join(dist, environment, '00-application.yaml')));

let folder: string;
let report: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'catamaran-scan-'));
  const { stdout } = await attempt(process.execPath, ['lib/cli/main.js', 'check'], { cwd: repository });
  report = stdout.split('\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The workloads of an environment to which the report has advice on a policy, or for which it names a reason. */
function excused(environment: string, policy: string): string[] {
  let topic = '';
  return report.flatMap((line) => {
    if (/^\S/.test(line)) topic = line.slice(0, line.indexOf(':'));
    const [, application, environments = '', workloads = ''] = /^ {2}(\S+) \((.*?)\): (.*)$/.exec(line) ?? [];
    const isOurs = environments.split(', ').some((name) => `${application}/${name}` === environment);
    return topic === policy && isOurs ? workloads.split(', ') : [];
  });
}

/** Whether an environment reserves the limits of its containers: only then scanners may ask for it. */
function isGuaranteed(environment: string): boolean {
  return excused(environment, 'guaranteed-resources').length === 0;
}

/** The API objects alone: what controllers of delivery are told has schemas of its own, and a test of its own. */
function copyObjects(environment: string, into: string): void {
  const copy = join(into, environment.replace('/', '-'));
  mkdirSync(copy, { recursive: true });
  for (const file of readdirSync(join(dist, environment)).filter((name) => name.endsWith('.yaml')))
    cpSync(join(dist, environment, file), join(copy, file));
}

/** The objects that read secrets from variables with a reason: of a run at each release, the one of this. */
function readersOfVariables(environment: string): string[] {
  return excused(environment, 'secrets-in-files').flatMap((workload) => {
    const text = readFileSync(join(dist, environment, `${workload}.yaml`), 'utf8');
    const run = new RegExp(`^ {2}name: (${workload}-[0-9a-f]{8})$`, 'm').exec(
      text.split('kind: Job\n')[1] ?? '',
    );
    return [run?.[1] ?? workload];
  });
}

function atNodes(workload: string): Finding {
  return {
    scanner: 'kube-score',
    severity: 'warning',
    rule: 'service-type',
    object: `Service/${workload}-public`,
    message: 'The service is of type NodePort',
  };
}

withManifestScanners('the manifests', () => {
  test('of all stacks are here', () => {
    const applications = environments.map((environment) => environment.split('/')[0]);
    expect([...new Set(applications)].sort()).toEqual(readdirSync(join(repository, 'stacks')).sort());
  });

  test('have no finding but what a component gives a reason for', async () => {
    const open = environments.filter((environment) => readersOfVariables(environment).length > 0);
    // All that have no reason are scanned at once, as a scanner takes longer to start than to read.
    const others = environments.filter((environment) => !open.includes(environment));
    const together = [isGuaranteed, (one: string) => !isGuaranteed(one)].map((kind) => others.filter(kind));
    expect(together.map((group) => group.length > 0)).toEqual([true, true]);
    for (const [index, group] of [...together, ...open.map((environment) => [environment])].entries()) {
      const into = join(folder, String(index));
      for (const environment of group) copyObjects(environment, into);
      const args = [
        ...group.flatMap(readersOfVariables).flatMap((object) => ['--env-secrets', object]),
        ...(group.every(isGuaranteed) ? [] : ['--burstable']),
      ];
      expect([group, await scan(into, { only, args })]).toEqual([
        group,
        group.flatMap((environment) => excused(environment, 'no-node-port').map(atNodes)),
      ]);
    }
  });

  test('would have findings where something is wrong', async () => {
    const wrong = join(folder, 'wrong');
    mkdirSync(wrong);
    const spec = { hostNetwork: true, containers: [{ name: 'web', image: 'nginx', port: 80 }] };
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec };
    writeFileSync(join(wrong, 'web.yaml'), JSON.stringify(object));
    const findings = await scan(wrong, { only });
    expect(new Set(findings.map(({ scanner, object: found }) => `${scanner} ${found}`))).toEqual(
      new Set(only.map((scanner) => `${scanner} Pod/web`)),
    );
  });
});
