import type { Check } from '../model/health';

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

const has = (program: string): string => `command -v ${program} >/dev/null`;
const python = 'import sys,urllib.request as r;r.urlopen(sys.argv[1],timeout=4)';
const node = 'fetch(process.argv[1]).then(r=>process.exit(r.status<400?0:1),()=>process.exit(1))';
const pythonSocket = 'import sys,socket;socket.create_connection((sys.argv[1],int(sys.argv[2])),4)';
const nodeSocket =
  'const[h,p]=process.argv.slice(1);require("net").connect(p,h,()=>process.exit(0)).on("error",()=>process.exit(1))';
const bash = String.raw`exec 3<>/dev/tcp/$0/$1; printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$2" "$0" >&3; read -r _ status _ <&3; [ "$status" -lt 400 ]`;

const httpScript = [
  'url=http://$1:$2$3',
  `if ${has('curl')}; then exec curl -fsSo /dev/null "$url"`,
  `elif ${has('wget')}; then exec wget -qO /dev/null "$url"`,
  `elif ${has('python3')}; then exec python3 -c '${python}' "$url"`,
  `elif ${has('node')}; then exec node -e '${node}' "$url"`,
  `elif ${has('bash')}; then exec bash -c '${bash}' "$@"`,
  'else echo "no program to check health with"; exit 1; fi',
].join('; ');

const tcpScript = [
  `if ${has('python3')}; then exec python3 -c '${pythonSocket}' "$@"`,
  `elif ${has('node')}; then exec node -e '${nodeSocket}' "$@"`,
  `elif ${has('bash')}; then exec bash -c 'exec 3<>/dev/tcp/$0/$1' "$@"`,
  `elif ${has('nc')}; then exec nc -z "$@"`,
  'else echo "no program to check health with"; exit 1; fi',
].join('; ');
