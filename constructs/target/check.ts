import type { Check } from '../model/health';
import { oneLine } from '../model/program';
import http from './check-http.sh';
import tcp from './check-tcp.sh';

const [httpScript, tcpScript] = [oneLine(http), oneLine(tcp)];

/**
 * The command in a container that runs a health check against a host. An HTTP check uses the first of curl, wget,
 * python3, node and bash that the image has. A TCP check uses the first of python3, node, bash and nc.
 */
export function checkCommand(check: Check, host: string): readonly string[] {
  switch (check.kind) {
    case 'command':
      return check.command;
    case 'http':
      return ['sh', '-c', httpScript, 'check', host, String(check.port), check.path];
    case 'tcp':
      return ['sh', '-c', tcpScript, 'check', host, String(check.port)];
  }
}
