import type { Manifest, PodContainer, PodSpec } from '../../charts/manifest';
import { podsIn } from '../../charts/pods';
import { renderTemplate } from '../../constructs/model/template';
import type { Container } from '../../docker/container';
import { present } from '../support/application';
import type { Plans } from './entry';

/** The container of a workload on Docker. */
export function containerOf({ docker }: Plans, workload: string): Container {
  return present(docker.containers.find(({ name }) => name === workload));
}

/** The pod of a workload in the cluster. */
export function podOf({ kubernetes }: Plans, workload: string): PodSpec {
  return present(podsIn(kubernetes).find((pod) => pod.workload === workload)).spec;
}

/** The container in the pod of a workload. */
export function podContainerOf(plans: Plans, workload: string): PodContainer {
  return present(podOf(plans, workload).containers[0]);
}

type OfKind<Kind extends Manifest['kind']> = Extract<Manifest, { readonly kind: Kind }>;

/** The objects of a kind. */
export function objectsOf<Kind extends Manifest['kind']>({ kubernetes }: Plans, kind: Kind): OfKind<Kind>[] {
  return kubernetes.groups.flatMap(({ objects }) =>
    objects.filter((object): object is OfKind<Kind> => object.kind === kind),
  );
}

/** The data of a ConfigMap. */
export function configOf(plans: Plans, name: string): Readonly<Record<string, string>> {
  const found = objectsOf(plans, 'ConfigMap').find(({ metadata }) => metadata.name === name);
  return present(found).data ?? {};
}

/** The text of a variable on both targets, with secrets as `<NAME>`; undefined where it is missing. */
export function variableOf(plans: Plans, workload: string, name: string) {
  const template = containerOf(plans, workload).environment[name];
  const variable = podContainerOf(plans, workload).env?.find((one) => one.name === name);
  return {
    docker: template && renderTemplate(template, (text) => text, secretText),
    kubernetes: variable && podText(plans, variable),
  };
}

function secretText(name: string): string {
  return `<${name}>`;
}

function podText(plans: Plans, { value, valueFrom }: NonNullable<PodContainer['env']>[number]): string {
  const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
  if (secretKeyRef) return secretText(secretKeyRef.key);
  if (configMapKeyRef) return present(configOf(plans, present(configMapKeyRef.name))[configMapKeyRef.key]);
  return (value ?? '').replace(/\$\((\w+)\)/g, '<$1>').replaceAll('$$', '$');
}
