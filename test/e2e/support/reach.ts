import { docker } from './engine';
import { kubectl } from './cluster';

/** Whether a connection to an address, as host:port, can be opened. */
export type Reach = Record<string, 'open' | 'closed'>;

// Every image here has bash; the tries run side by side. A try ends after 3 s, as packets may just be dropped.
const script = `
for target in "$@"; do
  ( if timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "\${target%:*}" "\${target##*:}" 2>/dev/null
    then echo "$target open"; else echo "$target closed"; fi ) &
done
wait`;

/** Tries to connect from inside a container. */
export async function reachFromContainer(id: string, targets: readonly string[]): Promise<Reach> {
  return parse(await docker('exec', id, 'bash', '-c', script, 'reach', ...targets));
}

/** Tries to connect from inside a pod. */
export async function reachFromPod(
  namespace: string,
  pod: string,
  targets: readonly string[],
): Promise<Reach> {
  const inside = ['--namespace', namespace, 'exec', pod, '--quiet', '--'];
  return parse(await kubectl([...inside, 'bash', '-c', script, 'reach', ...targets]));
}

function parse(lines: string): Reach {
  return Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map((line) => line.split(' ')),
  ) as Reach;
}
