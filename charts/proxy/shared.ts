import type { Certificate, RouteModel } from '../../constructs/model/route';
import type { Workload } from '../../constructs/model/workload';

/** The Secret that a certificate is in; one that cert-manager gets is named after the proxy. */
export function certificateSecret(certificate: Certificate, { name }: Workload): string {
  return certificate.kind === 'tls-secret' ? certificate.name : `${name}-tls`;
}

/** What tells cert-manager where to get a certificate. */
export function issuing(certificate: Certificate): Record<string, string> {
  return certificate.kind === 'issuer' ? { 'cert-manager.io/cluster-issuer': certificate.name } : {};
}

/** Routes by something that they have in common, in order of appearance. */
export function grouped<Key>(
  routes: readonly RouteModel[],
  keyOf: (route: RouteModel) => Key,
): { readonly key: Key; readonly routes: readonly RouteModel[] }[] {
  const groups = new Map<string, { readonly key: Key; readonly routes: readonly RouteModel[] }>();
  for (const route of routes) {
    const key = keyOf(route);
    const id = JSON.stringify(key);
    groups.set(id, { key, routes: [...(groups.get(id)?.routes ?? []), route] });
  }
  return [...groups.values()];
}

/** The name of one of several objects of a proxy: its own for the first. */
export function numberedName({ name }: Workload, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
