import type { Certificate, RouteModel } from '../../constructs/model/route';
import type { Workload } from '../../constructs/model/workload';

/** The name of the Secret with a certificate. If cert-manager gets the certificate, the Secret is named after the proxy. */
export function certificateSecret(certificate: Certificate, { name }: Workload): string {
  return certificate.kind === 'tls-secret' ? certificate.name : `${name}-tls`;
}

/** The annotation that names the issuer from which cert-manager gets a certificate; none for other certificates. */
export function issuing(certificate: Certificate): Record<string, string> {
  return certificate.kind === 'issuer' ? { 'cert-manager.io/cluster-issuer': certificate.name } : {};
}

/** Groups the routes that have equal keys. The groups are in the order of their first routes. */
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

/** The name of one of several objects of a proxy. The first has the name of the proxy; the others add a number to it. */
export function numberedName({ name }: Workload, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
