import { nginxFiles } from '../../constructs/target/nginx/configuration';
import { httpsPort } from '../../constructs/model/network';
import { mainExposure } from '../../constructs/model/publication';
import { deployedName } from '../../constructs/model/path';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import { identified, type Container } from '../container';

/**
 * The nginx configuration of a reverse proxy. All replicas of a workload share one name, and their addresses change. So
 * nginx resolves the name again and again, with the DNS server of the engine.
 */
export function lowerRoutes(
  routes: Workload['routes'],
  workload: Workload,
  model: ApplicationModel,
): Pick<Container, 'configs'> {
  if (routes.length === 0) return { configs: [] };
  const { name, tls, trustedProxies } = workload;
  const { path, files } = nginxFiles({
    routes,
    tls,
    httpsPort: httpsPort(mainExposure(workload)),
    trustedProxies,
    resolution: 'dynamic',
    replicas: (target) => replicaNames(model, target.workload),
  });
  return { configs: [identified(`${name}-routes`, path, files)] };
}

// The names that compose gives to the containers of replicas. The DNS server of the engine resolves them.
function replicaNames(model: ApplicationModel, name: string): string[] {
  const found = model.workloads.find((workload) => workload.name === name);
  const project = deployedName(model.name, model.environmentName);
  return Array.from({ length: found ? found.replicas : 0 }, (_, index) => `${project}-${name}-${index + 1}`);
}
