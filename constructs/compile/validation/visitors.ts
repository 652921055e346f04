import type { Workload } from '../../model/workload';
import type { Report } from '../../target/report';
import { isAddress, isBlock } from '../../model/network';
import { mainExposure } from '../../model/publication';

/** Reports what is wrong with how visitors reach a proxy: its ports, and the proxies before it. */
export function visitorIssues(workload: Workload, report: Report): void {
  portIssues(workload, report);
  trustIssues(workload, report);
}

// Browsers speak TLS at 443, and plain HTTP at 80. Behind a trusted proxy that ends TLS, 443 can be plain HTTP.
function portIssues(workload: Workload, report: Report): void {
  const { routes, tls, trustedProxies } = workload;
  const exposure = mainExposure(workload);
  if (routes.length === 0 || exposure.kind === 'internal' || exposure.kind === 'node-port') return;
  const { port } = exposure;
  if (tls.kind === 'none') {
    if (port !== 443 || trustedProxies.length > 0) return;
    const write =
      'tls: { certificate: … }, or another port, or trustedProxies if a load balancer before the proxy ends TLS';
    report(
      'publish',
      port,
      write,
      `publish is 443 without tls, and browsers speak TLS there: write ${write}`,
    );
    return;
  }
  if (port === 80)
    report('publish', port, '443', 'publish is 80 with tls, and browsers speak no TLS there: write 443');
  if (tls.redirectFrom === 443)
    report('tls.redirectFrom', 443, '80', 'tls.redirectFrom is 443, and browsers speak TLS there: write 80');
}

function trustIssues({ trustedProxies }: Workload, report: Report): void {
  const got: unknown = trustedProxies;
  if (!Array.isArray(got) || !got.every((block) => typeof block === 'string')) {
    report('trustedProxies', got, "a list, such as ['10.0.0.0/8']");
    return;
  }
  for (const block of trustedProxies)
    if (!isBlock(block) && !isAddress(block))
      report('trustedProxies', block, 'an IP address or a CIDR block, such as 10.0.0.0/8');
    else if (block.endsWith('/0'))
      report(
        'trustedProxies',
        block,
        'the addresses of the load balancer only, because this block trusts every visitor',
      );
}
