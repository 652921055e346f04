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

/** The workloads of an environment that say why they break a policy, as the report tells. */
function excused(environment: string, policy: string): string[] {
  const [application, name] = environment.split('/');
  const isTitle = (line: string) => /^\S/.test(line);
  const start = report.findIndex((line) => new RegExp(`^${application} +${name} `).test(line));
  if (start < 0) throw new Error(`the report has no ${environment}:\n${report.join('\n')}`);
  const rest = report.slice(start + 1);
  const own = rest.slice(0, rest.findIndex(isTitle) < 0 ? rest.length : rest.findIndex(isTitle));
  return own.flatMap((line) => {
    const [, found, workload] = /^ {2}(\S+) [^/\s]+\/(\S+): \d+ excused: /.exec(line) ?? [];
    return found === policy && workload !== undefined ? [workload] : [];
  });
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
    const together = environments.filter((environment) => !open.includes(environment));
    for (const group of [together, ...open.map((environment) => [environment])]) {
      const into = join(folder, String(group.length === 1 ? group[0]?.replace('/', '-') : 'together'));
      for (const environment of group) copyObjects(environment, into);
      const args = group.flatMap(readersOfVariables).flatMap((object) => ['--env-secrets', object]);
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
