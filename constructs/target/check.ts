import type { Check } from '../model/health';
import { oneLine } from '../model/program';
import http from './check-http.sh';
import tcp from './check-tcp.sh';

const [httpScript, tcpScript] = [oneLine(http), oneLine(tcp)];

/**
 * The command that runs a health check against a host, in a container. HTTP and TCP checks use the first of curl, wget,
 * python3, node and bash that is in the image.
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
