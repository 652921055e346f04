import { httpsPort } from '../../constructs/model/network';
import { mainExposure } from '../../constructs/model/publication';
import { certificatePaths } from '../../constructs/model/route';
import type { Workload } from '../../constructs/model/workload';
import { nginxFiles } from '../../constructs/target/nginx/configuration';
import { replicaNames, type Context, type Fragment } from './context';
import { configuration } from './files';

/**
 * The nginx configuration of a reverse proxy. Services keep their addresses, so nginx resolves their names only once.
 */
export function lowerRoutes(routes: Workload['routes'], workload: Workload, context: Context) {
  if (routes.length === 0) return {};
  const folder = nginxFiles({
    routes,
    tls: workload.tls,
    httpsPort: httpsPort(mainExposure(workload)),
    trustedProxies: workload.trustedProxies,
    resolution: 'stable',
    replicas: (target) => replicaNames(context, target.workload),
  });
  return configuration([folder], 'routes', workload, context);
}

/** The certificate from an existing Secret, mounted where nginx reads it. */
export function lowerTls(tls: Workload['tls']) {
  if (tls.kind === 'none' || tls.certificate.kind !== 'tls-secret') return {};
  const { name: secretName } = tls.certificate;
  const { folder, files } = certificatePaths(tls.certificate);
  const items = Object.values(files).map((file: string) => ({ key: file, path: file }));
  return {
    container: { volumeMounts: [{ name: 'tls', mountPath: folder, readOnly: true }] },
    pod: { volumes: [{ name: 'tls', secret: { secretName, defaultMode: 0o440, items } }] },
  } satisfies Fragment;
}
