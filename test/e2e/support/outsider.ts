import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { Target } from './probe';
import { attempt, run, until } from './run';

/** Where the clouds tell a machine what it is, and often its credentials. */
const metadata = '169.254.169.254';
const ports = { tcp: [53, 80, 443, 8443], udp: [53] };

/** Tells a token to everybody who asks; ends with the one who started it. */
const program = `
const [token, tcp, udp] = JSON.parse(process.argv[1]);
for (const port of tcp) require('node:net').createServer((socket) => {
  socket.on('error', () => undefined);
  socket.end(token);
}).listen(port, '0.0.0.0');
for (const port of udp) {
  const socket = require('node:dgram').createSocket('udp4').bind(port, '0.0.0.0');
  socket.on('message', (_, { port, address }) => socket.send(token, port, address));
}
process.stdin.resume().on('end', () => process.exit());
`;

/**
 * Servers on another machine, which a network namespace stands in for: it has an address of RFC 5737, and the one
 * at which clouds have their metadata. Several can be there at once.
 */
export class Outsider {
  private readonly token = randomUUID();
  private place: { readonly name: string; readonly address: string } | undefined;
  /** Holds the place for as long as this process lives. */
  private lock: Server | undefined;
  private server: ChildProcess | undefined;

  async start(): Promise<void> {
    const { name, address, host, metric } = await this.take();
    this.place = { name, address };
    await removeLink(name);
    await ip('netns', 'add', name);
    await ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    await ip('address', 'add', `${host}/30`, 'dev', name);
    await ip('link', 'set', name, 'up');
    // It knows no way back to private addresses, as no other machine does.
    await ip('-netns', name, 'address', 'add', `${address}/30`, 'dev', 'eth0');
    await ip('-netns', name, 'address', 'add', `${metadata}/32`, 'dev', 'eth0');
    await ip('-netns', name, 'link', 'set', 'eth0', 'up');
    await ip('route', 'add', metadata, 'via', address, 'dev', name, 'metric', String(metric));
    const given = JSON.stringify([this.token, ports.tcp, ports.udp]);
    const inside = ['netns', 'exec', name, process.execPath, '-e', program, '--', given];
    this.server = spawn('ip', inside, { stdio: ['pipe', 'inherit', 'inherit'] });
    await until(`an answer of ${address}`, 30, async () => {
      const asked = ['-c', `exec 3<>/dev/tcp/${address}/8443 && cat <&3`];
      return (await attempt('bash', asked, { timeout: 3 })).stdout === this.token ? true : undefined;
    });
  }

  /** Everything of it that one can connect to. */
  get targets(): Target[] {
    const { address } = this.there();
    const proof = { kind: 'token', token: this.token } as const;
    return [
      ...ports.tcp.map((port) => ({
        label: `outside:${port}`,
        host: address,
        port,
        protocol: 'tcp' as const,
      })),
      ...ports.udp.map((port) => ({
        label: `outside:${port}/udp`,
        host: address,
        port,
        protocol: 'udp' as const,
      })),
      { label: 'metadata:80', host: metadata, port: 80, protocol: 'tcp' as const },
    ].map((target) => ({ ...target, proof }));
  }

  async stop(): Promise<void> {
    this.server?.kill();
    if (this.place) await removeLink(this.place.name);
    this.lock?.close();
  }

  private there() {
    if (!this.place) throw new Error('the machine outside was not started');
    return this.place;
  }

  /** Takes a place that no other process has: a port of the loopback address stands for each. */
  private async take() {
    for (let index = 8; index < 64; index += 1) {
      const server = createServer();
      const taken = await new Promise<boolean>((resolve) => {
        server.on('error', () => {
          resolve(false);
        });
        server.listen(18_900 + index, '127.0.0.1', () => {
          resolve(true);
        });
      });
      if (!taken) continue;
      this.lock = server.unref();
      const network = (last: number) => `203.0.113.${index * 4 + last}`;
      return { name: `e2e-out-${index}`, host: network(1), address: network(2), metric: 100 + index };
    }
    throw new Error('every place for a machine outside is taken');
  }
}

async function removeLink(name: string): Promise<void> {
  await attempt('ip', ['link', 'delete', name]);
  await attempt('ip', ['netns', 'delete', name]);
}

function ip(...args: readonly string[]): Promise<string> {
  return run('ip', args);
}
