import { Backend, Size, type Application, type BackendProps } from 'catamaran';
import { file, image, publishes, waits } from './carriers';
import type { Carrier } from './entry';
import { corpusText, withReferences } from './files';

/** What the official image of nginx needs to run without root: its user, and the folders that it writes to. */
export const nginxProps = {
  user: { uid: 101, gid: 101 },
  scratch: ['/tmp', '/var/cache/nginx', '/var/run'].map((path) => ({
    path,
    size: Size.mebibytes(32),
    medium: 'disk' as const,
  })),
} satisfies Partial<BackendProps>;

const path = '/etc/nginx/conf.d/default.conf';

/** The proxy that two applications have: an nginx whose one file leads to the backend. */
export function nginxProxy(application: Application, backend: Backend, source: string): void {
  const host = `http://backend:${backend.portNumber}`;
  new Backend(application, 'proxy', {
    image: 'nginx:1.29',
    port: 80,
    publish: 80,
    files: { [path]: withReferences(source, { [host]: backend.url }) },
    waitsFor: [backend],
    ...nginxProps,
  });
}

/** What carries the keys of that proxy. */
export function nginxTable(source: string): Readonly<Record<string, Carrier>> {
  const mounted = file('proxy', path, corpusText(source));
  return {
    'proxy.image': image('proxy', 'nginx:1.29'),
    'proxy.volumes[0].type': mounted,
    'proxy.volumes[0].source': mounted,
    'proxy.volumes[0].target': mounted,
    'proxy.volumes[0].read_only': mounted,
    'proxy.ports[0]': publishes('proxy', 80, 80),
    'proxy.depends_on.backend': waits('proxy', 'backend'),
  };
}
