import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Outsider } from './outsider';
import type { Target } from './probe';
import { run } from './run';

/** What is around an application that it must not reach: a server on the host, and another machine. */
export class Surroundings {
  private readonly outsider = new Outsider();
  private readonly token = randomUUID();
  private readonly server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(this.token);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '0.0.0.0', resolve));
    await this.outsider.start();
  }

  async stop(): Promise<void> {
    this.server.close();
    await this.outsider.stop();
  }

  /**
   * The host at the address that the internet sees and at the engine's own, and other machines.
   * @param gateways more addresses that could be the host's
   */
  async targets(gateways: readonly string[]): Promise<Target[]> {
    const { port } = this.server.address() as AddressInfo;
    const at = (label: string, host: string): Target => ({
      ...{ label, host, port, protocol: 'tcp' },
      proof: { kind: 'token', token: this.token },
    });
    return [
      at('host:internet-facing', await internetFacing()),
      ...(networkInterfaces()['docker0'] ?? []).flatMap(({ family, address }) =>
        family === 'IPv4' ? [at('host:docker0', address)] : [],
      ),
      ...gateways.map((address) => at('gateway:own', address)),
      ...this.outsider.targets,
    ];
  }
}

/** The address that this machine would go to the internet with. */
async function internetFacing(): Promise<string> {
  const route = await run('ip', ['-4', '-json', 'route', 'get', '192.0.0.8']);
  const [{ prefsrc }] = JSON.parse(route) as [{ prefsrc: string }];
  return prefsrc;
}
