import { Backend, gateway, ingress, ReverseProxy, Route, Secret, type RouteOptions } from 'catamaran';
import type { KubernetesSpec } from '../../../constructs/environment/kubernetes';
import type { ClusterProxy } from '../../../constructs/model/proxy';
import type { Certificate } from '../../../constructs/model/route';
import { onKubernetes, type Build } from '../../support/application';

/** The hosts of all routes. */
export const hosts = ['shop.example'];
/** The pods of the cluster's proxy. */
export const controller = {
  namespace: 'ingress-nginx',
  labels: { 'app.kubernetes.io/name': 'ingress-nginx' },
};
/** An Ingress of any controller, without its annotations. */
export const plain = ingress({ className: 'any', controller });
/** An Ingress of ingress-nginx, with its annotations. */
export const annotated = ingress({
  className: 'nginx',
  controller,
  flavour: 'ingress-nginx',
  passwords: 'users',
});

/** A Gateway that somebody else owns. */
export const existing = gateway({ gateway: { name: 'shared', namespace: 'infra' }, controller });

/** A cluster with a proxy, and settings of components. */
export function on(proxy: ClusterProxy, components: KubernetesSpec['components'] = {}): KubernetesSpec {
  return { ...onKubernetes, proxy, components };
}

/** A shop behind a proxy, with options for the route `/api`, and more routes. */
export function shop(options: RouteOptions, ...more: readonly Route[]): Build {
  return (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2 });
    const routes = [Route.path('/', api, { hosts }), Route.path('/api', api, { hosts, ...options }), ...more];
    new ReverseProxy(app, 'proxy', { routes });
  };
}

/** Asks for a password. */
export const auth = { user: 'ops', password: Secret.named('PASSWORD') };
/** Keeps a visitor at one replica. */
export const sticky = { cookie: 'visitor' };
/** Settings for HTTPS at the proxy. */
export const https = (certificate: Certificate) => ({ proxy: { tls: { certificate } } });
