import { posix } from 'node:path';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Issue } from '../../constructs/issue';
import type { ArgoCd, Flux } from '../../constructs/model/gitops';
import { isLabel, labelHint } from '../../constructs/model/name';
import type { ApplicationModel } from '../../constructs/model/workload';
import type { SecretSource } from '../../constructs/environment/secret-source';
import { within, type Report } from '../../constructs/target/report';

/** Whether a source brings secrets to the cluster by itself. The others need `pulumi up`, or somebody at hand. */
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

/** What is wrong with the way in which an environment is delivered. */
export function gitOpsIssues(
  path: string,
  { gitops, secrets }: KubernetesSpec,
  model: ApplicationModel,
): Issue[] {
  if (gitops.kind === 'none') return [];
  const issues: Issue[] = [];
  const report: Report = (field, got, write) => issues.push({ path, field, got, write });
  folderIssues(gitops.path, report);
  if (!isLabel(gitops.namespace)) report('gitops.namespace', gitops.namespace, labelHint);
  if (gitops.kind === 'argo-cd') argoCdIssues(gitops, report);
  else fluxIssues(gitops, report);
  if (model.secrets.length > 0 && !reachesCluster[secrets.kind](gitops))
    report(
      'secrets',
      secrets.kind,
      `existingSecret(…), externalSecrets(…), sealedSecrets(…), or sops(…) with the decryption of Flux: ` +
        `nobody but the controller deploys here, and it could not make a Secret of ${model.secrets.join(', ')}`,
    );
  return issues;
}

function folderIssues(path: string, report: Report): void {
  const whole = /^[\w.@/-]+$/.test(path) && posix.normalize(path) === path && !path.endsWith('/');
  if (!whole || path.startsWith('/') || path.split('/').includes('..'))
    report('gitops.path', path, 'a folder within the repository, such as dist, or . for all of it');
}

function argoCdIssues({ repository, revision, project, server }: ArgoCd, report: Report): void {
  if (hasPassword(repository))
    report('gitops.repository', 'a URL with a password', 'the URL alone: Argo CD has credentials of its own');
  else if (!/^(?:(?:https?|ssh):\/\/[^\s/]+\/\S+|[\w.-]+@[\w.-]+:\S+)$/.test(repository))
    report(
      'gitops.repository',
      repository,
      'the URL of a Git repository, such as https://host/team/name.git',
    );
  if (!/^[^\s~^:?*[\\]+$/.test(revision)) report('gitops.revision', revision, 'a branch, a tag or a commit');
  if (!isLabel(project)) report('gitops.project', project, labelHint);
  if (!/^https?:\/\/[^\s/@]+$/.test(server))
    report('gitops.server', server, 'the URL of an API server, such as https://kubernetes.default.svc');
}

function hasPassword(url: string): boolean {
  return /^\w+:\/\/[^/@]*:[^/@]*@/.test(url) || /^https?:\/\/[^/@]+@/.test(url);
}

function fluxIssues({ source, interval, timeout, decryption }: Flux, report: Report): void {
  if (!isLabel(source.name)) report('gitops.sourceRef.name', source.name, labelHint);
  if (!isLabel(source.namespace)) report('gitops.sourceRef.namespace', source.namespace, labelHint);
  within(report, 'gitops.interval', interval.milliseconds / 1000, 60, 86_400, 'seconds');
  within(report, 'gitops.timeout', timeout.milliseconds / 1000, 10, 86_400, 'seconds');
  if (decryption.kind === 'sops' && !isLabel(decryption.secret))
    report('gitops.decryption.secret', decryption.secret, labelHint);
}
