import {
  argoCd,
  docker,
  envFile,
  existingSecret,
  externalSecrets,
  flux,
  gateway,
  generated,
  hostPort,
  ingress,
  kubernetes,
  loadBalancer,
  nginx,
  nodePort,
  pulumiConfig,
  type KubernetesOptions,
} from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';
import type { ComponentSettings } from '../../constructs/environment/settings';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import { secretOf, variablesOf } from './build';
import type {
  GitOpsDescription,
  PlaceDescription,
  ProxyDescription,
  SecretsDescription,
  SettingsDescription,
} from './description';

/** The place that a description is of, made with the public API. */
export function placeOf(description: PlaceDescription): EnvironmentSpec {
  if (description.target === 'docker') {
    const { target: _target, secrets, components, ...options } = description;
    return docker({ ...options, ...dockerSecrets(secrets), components: mapped(components, onHost) });
  }
  const { target: _target, secrets, components, proxy, gitops, ...options } = description;
  return kubernetes({
    ...options,
    ...clusterSecrets(secrets),
    ...gitOpsOf(gitops),
    proxy: proxyOf(proxy),
    components: mapped(components, onCluster),
  });
}

function mapped<From, To>(
  map: Readonly<Record<string, From>>,
  change: (from: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

function common({
  expose: _expose,
  overrides: _overrides,
  bindMounts: _bindMounts,
  ...settings
}: SettingsDescription) {
  const { env, managed, ...others } = settings;
  const { url, ...service } = managed ?? { host: '' };
  return {
    ...others,
    ...(env && {
      env: variablesOf(env, () => {
        throw new Error('an environment has no components to refer to');
      }),
    }),
    ...(managed && { managed: { ...service, ...(url && { url: secretOf(url) }) } }),
  } satisfies ComponentSettings;
}

function onHost(settings: SettingsDescription) {
  const { expose, overrides, bindMounts } = settings;
  return {
    ...common(settings),
    ...(bindMounts && { bindMounts }),
    ...(expose?.kind === 'host-port' && { expose: hostPort(expose.port, expose.address) }),
    ...(overrides && {
      overrides: overrides.map((reason) =>
        dockerContainer({ reason, change: (container) => ({ ...container, pids: container.pids + 1 }) }),
      ),
    }),
  };
}

function onCluster(settings: SettingsDescription) {
  const { expose, overrides } = settings;
  return {
    ...common(settings),
    ...(expose?.kind === 'node-port' && { expose: nodePort(expose.nodePort, expose.port) }),
    ...(expose?.kind === 'load-balancer' && { expose: loadBalancer(expose.port) }),
    ...(overrides && {
      overrides: overrides.map((reason) =>
        kubernetesObject('NetworkPolicy', {
          reason,
          change: (object) => ({
            ...object,
            metadata: {
              ...object.metadata,
              annotations: { ...object.metadata.annotations, changed: reason },
            },
          }),
        }),
      ),
    }),
  };
}

function dockerSecrets(secrets: SecretsDescription) {
  switch (secrets.kind) {
    case 'env-file':
      return { secrets: envFile(secrets.name) };
    case 'pulumi-config':
      return { secrets: pulumiConfig() };
    case 'generated':
      return { secrets: generatedOf(secrets) };
    default:
      return {};
  }
}

function clusterSecrets(secrets: SecretsDescription): Pick<KubernetesOptions, 'secrets'> {
  switch (secrets.kind) {
    case 'existing-secret':
      return { secrets: existingSecret(secrets.name) };
    case 'external-secrets':
      return { secrets: externalSecrets(secrets.options) };
    default:
      return dockerSecrets(secrets);
  }
}

function generatedOf({ others }: SecretsDescription & { readonly kind: 'generated' }) {
  switch (others) {
    case 'none':
      return generated();
    case 'env-file':
      return generated({ others: envFile() });
    case 'pulumi-config':
      return generated({ others: pulumiConfig() });
  }
}

function proxyOf(proxy: ProxyDescription) {
  switch (proxy.kind) {
    case 'nginx':
      return nginx();
    case 'ingress':
      return ingress(proxy.options);
    case 'gateway':
      return gateway(proxy.options);
  }
}

function gitOpsOf(gitops: GitOpsDescription): Pick<KubernetesOptions, 'gitops'> {
  switch (gitops.kind) {
    case 'none':
      return {};
    case 'argo-cd':
      return { gitops: argoCd(gitops.options) };
    case 'flux':
      return { gitops: flux(gitops.options) };
  }
}
