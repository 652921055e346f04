import { spawn, type ChildProcess } from 'node:child_process';
import { attempt, run, until } from './run';

/** A server on another machine, which a network namespace stands in for; it has addresses of RFC 5737. */
export class Outsider {
  /** Where it listens. */
  readonly address: string;
  /** Of the namespace and of the link to it; a link's has at most 15 characters. */
  private readonly name: string;
  private server: ChildProcess | undefined;

  /** @param network the first three bytes of its address */
  constructor(private readonly network: '203.0.113' | '198.51.100') {
    this.address = `${network}.2:8443`;
    this.name = `e2e-${network}`;
  }

  async start(): Promise<void> {
    await this.stop();
    const { name, network } = this;
    await ip('netns', 'add', name);
    await ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    await ip('address', 'add', `${network}.1/24`, 'dev', name);
    await ip('link', 'set', name, 'up');
    // It knows no way back to private addresses, as no other machine does.
    await ip('-netns', name, 'address', 'add', `${network}.2/24`, 'dev', 'eth0');
    await ip('-netns', name, 'link', 'set', 'eth0', 'up');
    const listen = 'require("node:net").createServer((socket) => socket.end()).listen(8443)';
    this.server = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', listen], { stdio: 'ignore' });
    const [host = '', port = ''] = this.address.split(':');
    await until(`an answer of ${this.address}`, 10, async () => {
      const { code } = await attempt('bash', ['-c', `exec 3<>/dev/tcp/${host}/${port}`], { timeout: 3 });
      return code === 0 ? true : undefined;
    });
  }

  /** Removes it, and what an earlier run may have left. */
  async stop(): Promise<void> {
    this.server?.kill();
    await attempt('ip', ['link', 'delete', this.name]);
    await attempt('ip', ['netns', 'delete', this.name]);
  }
}

function ip(...args: readonly string[]): Promise<string> {
  return run('ip', args);
}
