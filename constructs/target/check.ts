import type { Check } from '../model/health';
import { oneLine } from '../model/program';
import http from './check-http.sh';
import tcp from './check-tcp.sh';

const [httpScript, tcpScript] = [oneLine(http), oneLine(tcp)];

/**
 * The program that runs a check against a host from within a container. HTTP and TCP are asked by the first
 * that the image has of curl, wget, python3, node and bash.
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
