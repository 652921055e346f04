import type { Check } from '../../model/health';
import { oneLine } from '../../model/program';
import { toSeconds, type Duration } from '../../model/units';
import bash from './bash.sh';
import curl from './curl.sh';
import grpc from './grpc.sh';
import { grpcFrame } from './grpc-frame';
import http from './http.sh';
import httpPython from './http.py';
import node from './node.sh';
import tcp from './tcp.sh';
import wget from './wget.sh';

/** What asks for an HTTP answer with each program, in the order in which they are looked for. */
const askers: readonly (readonly [program: string, script: string])[] = [
  ['curl', curl],
  ['wget', wget],
  ['python3', `python3 -c '${oneLine(httpPython)}' "$left" "$url" "$@"`],
  ['node', node],
  ['bash', bash],
];

const choice = [
  ...askers.map(([program, script], index) => {
    const test = `${index === 0 ? 'if' : 'elif'} command -v ${program} >/dev/null`;
    return `${test}; then ask() { ${oneLine(script)}; }`;
  }),
  'else echo "no program to check health with"; exit 1; fi',
];

const [httpScript, tcpScript, grpcScript] = [
  oneLine(http.replace('"$PROGRAMS"', () => choice.join('\n'))),
  oneLine(tcp),
  oneLine(grpc),
];

/** The headers that a kubelet sends if the check names no others. */
const usualHeaders = { Accept: '*/*', 'User-Agent': 'kube-probe/catamaran' };

/**
 * The command in a container that runs a health check against a host. Whatever program it finds, the answer is that of a
 * kubelet: only one request is the program's, and the script decides what its answer means.
 *
 * An HTTP check uses the first of curl, wget, python3, node and bash that the image has; a TCP check the first of
 * python3, node, bash and nc; a gRPC check `grpc_health_probe`, or a curl that speaks HTTP/2.
 *
 * @param timeout the time that the check may take; no program may take longer
 */
export function checkCommand(check: Check, host: string, timeout: Duration): readonly string[] {
  const limit = String(toSeconds(timeout));
  switch (check.kind) {
    case 'command':
      return check.command;
    case 'http': {
      const { port, path, host: name, headers } = check;
      const place = [limit, host, String(port), path, name];
      return ['sh', '-c', httpScript, 'check', ...place, ...sentHeaders(headers)];
    }
    case 'tcp':
      return ['sh', '-c', tcpScript, 'check', limit, host, String(check.port)];
    case 'grpc': {
      const { port, service } = check;
      return ['sh', '-c', grpcScript, 'check', limit, host, String(port), service, grpcFrame(service)];
    }
  }
}

/** The command of a gRPC check in an image without a shell. */
export function grpcProbeCommand(
  { port, service }: Check & { readonly kind: 'grpc' },
  timeout: Duration,
): readonly string[] {
  const limit = `${toSeconds(timeout)}s`;
  return [
    'grpc_health_probe',
    `-addr=127.0.0.1:${port}`,
    `-service=${service}`,
    `-connect-timeout=${limit}`,
    `-rpc-timeout=${limit}`,
  ];
}

function sentHeaders(headers: Readonly<Record<string, string>>): readonly string[] {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const usual = Object.entries(usualHeaders).filter(([name]) => !given.has(name.toLowerCase()));
  return [...usual, ...Object.entries(headers)].map(([name, value]) => `${name}: ${value}`);
}
