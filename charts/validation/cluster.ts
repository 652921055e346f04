import { userIdChoices, type KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { DnsServerSpec } from '../../constructs/environment/dns';
import type { Issue } from '../../constructs/issue';
import { blockHint, isBlock } from '../../constructs/model/network';
import {
  isLabelKey,
  labelKeyHint,
  labelProblem,
  labelValueProblem,
  subdomainProblem,
} from '../../constructs/model/name';
import type { ClusterProxy, Pods } from '../../constructs/model/proxy';
import type { ApplicationModel } from '../../constructs/model/workload';
import { checkName, checkNumber, reportTo, type Report } from '../../constructs/target/report';

/** Finds mistakes in the options of an environment that concern its cluster, such as the namespace. */
export function clusterIssues(path: string, environment: KubernetesSpec, model: ApplicationModel): Issue[] {
  const issues: Issue[] = [];
  const report = reportTo(issues, path);
  const { namespace, pullSecret, storageClass, proxy, dns, userIds } = environment;
  labelled({ namespace }, report);
  // The priority class has the same name, and Kubernetes reserves this prefix for its own classes.
  if (namespace.startsWith('system-'))
    report('namespace', namespace, 'a name that does not start with system-, which Kubernetes reserves');
  named({ pullSecret, storageClass }, report);
  if (!userIdChoices.includes(userIds)) report('userIds', userIds, `one of ${userIdChoices.join(', ')}`);
  dnsIssues(dns, report);
  proxyNames(proxy, report);
  certificateNames(model, report);
  registryNeeded(environment, model, report);
  return issues;
}

type Names = Readonly<Record<string, string | undefined>>;

function labelled(names: Names, report: Report): void {
  for (const [field, got] of Object.entries(names))
    if (got !== undefined) checkName(report, field, got, labelProblem);
}

function named(names: Names, report: Report): void {
  for (const [field, got] of Object.entries(names))
    if (got !== undefined) checkName(report, field, got, subdomainProblem);
}

function proxyNames(proxy: ClusterProxy, report: Report): void {
  if (proxy.kind === 'nginx') return;
  podsNames('controller', 'proxy.controller', proxy.controller, report);
  if (proxy.kind === 'ingress') {
    const { className, passwords, annotations } = proxy;
    named({ 'proxy.className': className, 'proxy.passwords': passwords || undefined }, report);
    for (const key of Object.keys(annotations))
      if (!isLabelKey(key.toLowerCase())) report('proxy.annotations key', key, labelKeyHint);
  } else if (proxy.gateway.kind === 'own') {
    named({ 'proxy.className': proxy.gateway.className }, report);
  } else {
    named({ 'proxy.gateway.name': proxy.gateway.name }, report);
    labelled({ 'proxy.gateway.namespace': proxy.gateway.namespace }, report);
  }
}

// For Kubernetes, a selector without labels selects every pod of the namespace.
function podsNames(owner: string, field: string, { namespace, labels }: Pods, report: Report): void {
  labelled({ [`${field}.namespace`]: namespace }, report);
  for (const [key, value] of Object.entries(labels)) {
    if (!isLabelKey(key)) report(`${field}.labels key`, key, labelKeyHint);
    if (value !== '') checkName(report, `${field}.labels ${key}`, value, labelValueProblem);
  }
  if (Object.keys(labels).length === 0)
    report(
      `${field}.labels`,
      labels,
      `the labels of the ${owner}'s pods, because no labels would select every pod of the namespace`,
    );
}

// For Kubernetes, a rule without peers permits every address.
function dnsIssues(servers: readonly DnsServerSpec[], report: Report): void {
  if (servers.length === 0)
    report('dns', servers, 'at least one server, or leave dns out for the servers of most clusters');
  servers.forEach(({ pods, addresses, port }, index) => {
    const field = `dns[${index}]`;
    if (pods.length === 0 && addresses.length === 0)
      report(`${field}.addresses`, addresses, 'at least one CIDR block, or pods');
    for (const some of pods) podsNames('server', `${field}.pods`, some, report);
    for (const block of addresses) if (!isBlock(block)) report(`${field}.addresses`, block, blockHint);
    checkNumber(report, `${field}.port`, port, 1, 65_535);
  });
}

function certificateNames({ workloads }: ApplicationModel, report: Report): void {
  for (const { name, tls } of workloads)
    if (tls.kind === 'https' && tls.certificate.kind !== 'secrets')
      named({ [`tls of ${name}`]: tls.certificate.name }, report);
}

function registryNeeded({ registry }: KubernetesSpec, { workloads }: ApplicationModel, report: Report): void {
  const built = workloads.filter(({ image }) => image.kind === 'build').map(({ name }) => name);
  if (built.length > 0 && registry === undefined)
    report(
      'registry',
      registry,
      `the registry from which the cluster pulls the images of ${built.join(', ')}`,
    );
}
