import { spawn, type ChildProcess } from 'node:child_process';
import { attempt, run, until } from './run';

const space = 'catamaran-e2e';
const link = 'catamaran-e2e';

/** A server on another machine, which a network namespace stands in for; it has addresses of RFC 5737. */
export class Outsider {
  /** Where it listens. */
  readonly address = '203.0.113.2:8443';
  private server: ChildProcess | undefined;

  async start(): Promise<void> {
    await this.stop();
    await ip('netns', 'add', space);
    await ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
    await ip('address', 'add', '203.0.113.1/24', 'dev', link);
    await ip('link', 'set', link, 'up');
    // It knows no way back to private addresses, as no other machine does.
    await ip('-netns', space, 'address', 'add', '203.0.113.2/24', 'dev', 'eth0');
    await ip('-netns', space, 'link', 'set', 'eth0', 'up');
    const listen = 'require("node:net").createServer((socket) => socket.end()).listen(8443)';
    this.server = spawn('ip', ['netns', 'exec', space, process.execPath, '-e', listen], { stdio: 'ignore' });
    const [host = '', port = ''] = this.address.split(':');
    await until(`an answer of ${this.address}`, 10, async () => {
      const { code } = await attempt('bash', ['-c', `exec 3<>/dev/tcp/${host}/${port}`], { timeout: 3 });
      return code === 0 ? true : undefined;
    });
  }

  /** Removes it, and what an earlier run may have left. */
  async stop(): Promise<void> {
    this.server?.kill();
    await attempt('ip', ['link', 'delete', link]);
    await attempt('ip', ['netns', 'delete', space]);
  }
}

function ip(...args: readonly string[]): Promise<string> {
  return run('ip', args);
}
