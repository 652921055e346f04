import { readdir, readFile } from 'node:fs/promises';
import { run } from './run';

/** Something to connect to. */
export interface Target {
  /** What it is, for people. */
  readonly label: string;
  /** An address, or a name that the prober's own resolver is asked for. */
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** How to tell that it was this one that answered, and no gateway that opens a connection to any address. */
  readonly proof: Proof;
}

/**
 * `token`: it sends this text. `arrival`: the connection shows in the network of one of these processes. `none`
 * where nothing else can answer.
 */
export type Proof =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'arrival'; readonly processes: readonly number[] }
  | { readonly kind: 'none' };

/** `refused` where it was told that nothing listens, or that it may not: something answered. */
export type Outcome = 'open' | 'refused' | 'closed';

// Runs in the network of another process, with the files of this machine: no image has to bring anything. A try
// ends after 3 s, as packets may just be dropped.
const program = `
const { readFileSync } = require('node:fs');
const { createConnection, isIP } = require('node:net');
const { createSocket } = require('node:dgram');
const { Resolver } = require('node:dns').promises;
const { targets, servers, search } = JSON.parse(readFileSync(0, 'utf8'));
const limit = 3000;
const resolver = new Resolver({ timeout: 1000, tries: 2 });
if (servers.length > 0) resolver.setServers(servers);

async function addresses(host) {
  if (isIP(host)) return [host];
  const names = [...search.map((suffix) => host + '.' + suffix), host];
  const found = await Promise.all(names.map((name) => resolver.resolve4(name).catch(() => [])));
  return found.find((list) => list.length > 0) ?? [];
}

function arrived(processes, port) {
  const end = ':' + port.toString(16).toUpperCase().padStart(4, '0');
  return processes.some((id) => ['tcp', 'tcp6'].some((family) => {
    try {
      const lines = readFileSync('/proc/' + id + '/net/' + family, 'utf8').split('\\n').slice(1);
      return lines.some((line) => (line.trim().split(/\\s+/)[2] ?? '').endsWith(end));
    } catch { return false; }
  }));
}

const failure = ({ code }) => (code === 'ECONNREFUSED' ? 'refused' : 'closed');

function tcp(host, { port, proof }) {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const end = (outcome) => { resolve(outcome); socket.destroy(); };
    let text = '';
    setTimeout(() => end('closed'), limit);
    socket.on('error', (error) => end(failure(error)));
    socket.on('data', (data) => {
      text += data;
      if (proof.kind === 'token' && text.includes(proof.token)) end('open');
    });
    socket.on('connect', () => {
      if (proof.kind === 'none') end('open');
      if (proof.kind !== 'arrival') return;
      const port = socket.localPort;
      const look = () => (arrived(proof.processes, port) ? end('open') : setTimeout(look, 100));
      look();
    });
  });
}

function udp(host, { port, proof }) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (outcome) => { resolve(outcome); clearInterval(again); try { socket.close(); } catch {} };
    const again = setInterval(() => socket.send('?', () => undefined), 500);
    setTimeout(() => end('closed'), limit);
    socket.on('error', (error) => end(failure(error)));
    socket.on('message', (data) => { if (String(data).includes(proof.token)) end('open'); });
    socket.connect(port, host, (error) => (error ? end(failure(error)) : socket.send('?', () => undefined)));
  });
}

async function attempt(target) {
  const outcomes = await Promise.all(
    (await addresses(target.host)).map((host) => (target.protocol === 'tcp' ? tcp : udp)(host, target)),
  );
  return ['open', 'refused'].find((outcome) => outcomes.includes(outcome)) ?? 'closed';
}

Promise.all(targets.map(attempt)).then((outcomes) => {
  process.stdout.write(JSON.stringify(outcomes), () => process.exit());
});
`;

/** Tries to connect from the network that a process of this machine is in, with the resolver that it has. */
export async function probe(process_: number, targets: readonly Target[]): Promise<Outcome[]> {
  const resolver = await readFile(`/proc/${process_}/root/etc/resolv.conf`, 'utf8');
  const input = JSON.stringify({
    targets,
    servers: words(resolver, 'nameserver'),
    search: words(resolver, 'search'),
  });
  const args = ['--target', String(process_), '--net', process.execPath, '-e', program];
  return JSON.parse(await run('nsenter', args, { input, timeout: 60 })) as Outcome[];
}

function words(resolver: string, key: string): string[] {
  return resolver.split('\n').flatMap((line) => {
    const [first, ...rest] = line.trim().split(/\s+/);
    return first === key ? rest : [];
  });
}

/** A process of a pod, which this machine's node has put into a control group of the pod's. */
export async function processOf(pod: string): Promise<number> {
  const names = [pod, pod.replaceAll('-', '_')];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const groups = await readFile(`/proc/${id}/cgroup`, 'utf8').catch(() => '');
    if (!names.some((name) => groups.includes(name))) continue;
    // The one that holds the network open has no files.
    const resolver = await readFile(`/proc/${id}/root/etc/resolv.conf`, 'utf8').catch(() => '');
    if (resolver !== '') return Number(id);
  }
  throw new Error(`pod ${pod} has no process on this machine`);
}
