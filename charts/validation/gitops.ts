import { posix } from 'node:path';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Issue } from '../../constructs/issue';
import type { ArgoCd, Flux } from '../../constructs/model/gitops';
import { labelProblem } from '../../constructs/model/name';
import type { ApplicationModel } from '../../constructs/model/workload';
import type { SecretSource } from '../../constructs/environment/secret-source';
import { checkName, checkSeconds, reportTo, type Report } from '../../constructs/target/report';

/** Whether the secrets of a source reach the cluster without help. The other sources need `pulumi up` or a person. */
const reachesCluster: Readonly<Record<SecretSource['kind'], (gitops: ArgoCd | Flux) => boolean>> = {
  none: () => true,
  'existing-secret': () => true,
  'external-secrets': () => true,
  'sealed-secrets': () => true,
  sops: (gitops) => gitops.kind === 'flux' && gitops.decryption.kind === 'sops',
  'env-file': () => false,
  'pulumi-config': () => false,
  generated: () => false,
};

/** Finds mistakes in the `gitops` options of an environment. */
export function gitOpsIssues(
  path: string,
  { gitops, secrets }: KubernetesSpec,
  model: ApplicationModel,
): Issue[] {
  if (gitops.kind === 'none') return [];
  const issues: Issue[] = [];
  const report = reportTo(issues, path);
  folderIssues(gitops.path, report);
  checkName(report, 'gitops.namespace', gitops.namespace, labelProblem);
  if (gitops.kind === 'argo-cd') argoCdIssues(gitops, report);
  else fluxIssues(gitops, report);
  if (model.secrets.length > 0 && !reachesCluster[secrets.kind](gitops))
    report(
      'secrets',
      secrets.kind,
      sourcesForGitOps,
      `secrets is ${secrets.kind}, from which ${controllers[gitops.kind]} cannot make a Secret with ` +
        `${model.secrets.join(', ')}: write ${sourcesForGitOps}`,
    );
  return issues;
}

const sourcesForGitOps =
  'existingSecret(…), externalSecrets(…), sealedSecrets(…), or sops(…) with the decryption of Flux';

const controllers = { 'argo-cd': 'Argo CD', flux: 'Flux' };

function folderIssues(path: string, report: Report): void {
  const whole = /^[\w.@/-]+$/.test(path) && posix.normalize(path) === path && !path.endsWith('/');
  if (!whole || path.startsWith('/') || path.split('/').includes('..'))
    report('gitops.path', path, 'a folder of the repository, such as dist, or . for the whole repository');
}

function argoCdIssues({ repository, revision, project, server }: ArgoCd, report: Report): void {
  if (hasPassword(repository))
    report(
      'gitops.repository',
      'a URL with a password',
      'the URL without it',
      'gitops.repository is a URL with a password: write the URL without it, because Argo CD has its own credentials',
    );
  else if (!/^(?:(?:https?|ssh):\/\/[^\s/]+\/\S+|[\w.-]+@[\w.-]+:\S+)$/.test(repository))
    report(
      'gitops.repository',
      repository,
      'the URL of a Git repository, such as https://host/team/name.git',
    );
  if (!/^[^\s~^:?*[\\]+$/.test(revision)) report('gitops.revision', revision, 'a branch, a tag or a commit');
  checkName(report, 'gitops.project', project, labelProblem);
  if (!/^https?:\/\/[^\s/@]+$/.test(server))
    report('gitops.server', server, 'the URL of an API server, such as https://kubernetes.default.svc');
}

function hasPassword(url: string): boolean {
  return /^\w+:\/\/[^/@]*:[^/@]*@/.test(url) || /^https?:\/\/[^/@]+@/.test(url);
}

function fluxIssues({ source, interval, timeout, decryption }: Flux, report: Report): void {
  checkName(report, 'gitops.sourceRef.name', source.name, labelProblem);
  checkName(report, 'gitops.sourceRef.namespace', source.namespace, labelProblem);
  checkSeconds(report, 'gitops.interval', interval, 60, 86_400);
  checkSeconds(report, 'gitops.timeout', timeout, 10, 86_400);
  if (decryption.kind === 'sops')
    checkName(report, 'gitops.decryption.secret', decryption.secret, labelProblem);
}
