import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { dockerd, isOfTestbed, kubelet } from './daemons';

/** The root of the repository. */
export const repository = resolve(__dirname, '../../..');

/** Stands in for engines and registries where there are none. */
export const testbed = process.env['CATAMARAN_TESTBED'] ?? resolve(repository, '../shared/testbed');

/** The cluster to test on. Never the one that somebody happens to work with. */
export const kubeconfig =
  process.env['CATAMARAN_E2E_KUBECONFIG'] ?? join(homedir(), '.kube', 'catamaran-testbed.yaml');

/** The launcher of Pulumi's command line. */
export const pulumiProgram = join(repository, 'node_modules', '.bin', 'pulumi');

/** The builder of `docker buildx` that makes images for several platforms. */
export const builder = process.env['BUILDX_BUILDER'] ?? 'testbed';

/** A scanner of manifests or of compose files that the testbed installs. */
export type Scanner = 'checkov' | 'compose' | 'dclint' | 'kube-score' | 'kubeconform' | 'pss' | 'trivy';

type Need =
  | `scanner ${Scanner}`
  | 'Docker engine'
  | 'docker compose v2'
  | 'Kubernetes cluster'
  | 'Pulumi'
  | 'docker-registry'
  | 'builder for several platforms'
  | 'right to make and enter network namespaces'
  | 'right to mount'
  | Restarted;

/** A daemon that tests may restart: one of a machine that somebody works with they may not. */
type Restarted = keyof typeof restarted;

const restarted = { 'dockerd of the testbed': dockerd, 'kubelet of the testbed': kubelet };

type Proof = readonly [program: string, ...args: string[]];

const proofs: Readonly<Record<Exclude<Need, Restarted>, Proof>> = {
  'Docker engine': ['docker', 'version'],
  'docker compose v2': ['docker', 'compose', 'version'],
  'Kubernetes cluster': ['kubectl', '--kubeconfig', kubeconfig, 'get', '--raw', '/readyz'],
  'docker-registry': ['docker-registry', '--version'],
  'builder for several platforms': ['docker', 'buildx', 'inspect', '--bootstrap', builder],
  Pulumi: [pulumiProgram, 'version'],
  'right to make and enter network namespaces': [
    'unshare',
    '--net',
    'nsenter',
    '--net=/proc/self/ns/net',
    'ip',
    'link',
  ],
  'right to mount': ['unshare', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'],
  'scanner checkov': installed('checkov'),
  'scanner compose': installed('docker-compose'),
  'scanner dclint': installed('dclint'),
  'scanner kube-score': installed('kube-score'),
  'scanner kubeconform': installed('kubeconform'),
  'scanner pss': installed('pss'),
  'scanner trivy': installed('trivy'),
};

function installed(scanner: string): Proof {
  return ['test', '-x', join(homedir(), '.cache', 'catamaran-testbed', 'bin', scanner)];
}

/** Tests that need a Docker engine and compose. */
export const onEngine = describeWith('Docker engine', 'docker compose v2');
/** Tests that need a cluster, and an engine for the images that applications build. */
export const onCluster = describeWith('Docker engine', 'Kubernetes cluster');
/** Tests that deploy to a Docker engine with Pulumi. */
export const onEngineWithPulumi = describeWith('Docker engine', 'Pulumi');
/** Tests that deploy to a cluster with Pulumi. */
export const onClusterWithPulumi = describeWith('Docker engine', 'Kubernetes cluster', 'Pulumi');

/** Tests that push images of several platforms to registries of their own, and run them on both targets. */
export const onEveryTargetWithRegistries = describeWith(
  'Docker engine',
  'docker compose v2',
  'Kubernetes cluster',
  'Pulumi',
  'docker-registry',
  'builder for several platforms',
);

/** Tests of compose files, by those who read them. */
export const withComposeScanners = describeWith('scanner compose', 'scanner dclint');
/** Tests of manifests, by those who read them. */
export const withManifestScanners = describeWith(
  'scanner kubeconform',
  'scanner pss',
  'scanner kube-score',
  'scanner checkov',
);

/** Tests that look from inside of containers, and at another machine, which a network namespace stands in for. */
export const withOutsider = describeWith('right to make and enter network namespaces');

/** Tests that deploy with Pulumi to a Docker engine, with data on a disk of theirs. */
export const onEngineWithPulumiAndDisk = describeWith('Docker engine', 'Pulumi', 'right to mount');
/** Tests that deploy with Pulumi to a cluster, with data on a disk of theirs. */
export const onClusterWithPulumiAndDisk = describeWith(
  'Docker engine',
  'Kubernetes cluster',
  'Pulumi',
  'right to mount',
);

/** Tests that restart the engine which they deploy to. */
export const onRestartedEngine = describeWith('Docker engine', 'Pulumi', 'dockerd of the testbed');
/** Tests that restart the kubelet of the cluster which they deploy to. */
export const onRestartedCluster = describeWith(
  'Docker engine',
  'Kubernetes cluster',
  'Pulumi',
  'kubelet of the testbed',
);

/** Whether something that tests need is there. */
export function isThere(need: Need): boolean {
  if (isRestarted(need)) return isOfTestbed(restarted[need]);
  const [program, ...args] = proofs[need];
  if (need === 'Kubernetes cluster' && !existsSync(kubeconfig)) return false;
  return spawnSync(program, args, { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

const isRestarted = (need: Need): need is Restarted => need in restarted;

// A test that did not run is listed by name, with the reason; where all are required, it is a failure, but where it
// would end a daemon that is not the tests' own.
function describeWith(...needs: Need[]): (title: string, tests: () => void) => void {
  return (title, tests) => {
    const missing = needs.filter((need) => !isThere(need));
    if (missing.length === 0) {
      describe(title, tests);
      return;
    }
    const reason = `not run, as there is no ${missing.join(' and no ')}`;
    describe.skip(`${title} (${reason})`, tests);
    if (process.env['CATAMARAN_E2E'] !== 'require' || missing.every(isRestarted)) return;
    test(title, () => {
      throw new Error(`${title}: ${reason}, and CATAMARAN_E2E=require`);
    });
  };
}
