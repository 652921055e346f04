import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './run';

/** Who may use a registry that asks; the hash is the password's, by bcrypt. */
export const account = {
  username: 'ci',
  password: 'pass-of-ci',
  hash: '$2y$05$abcdefghijklmnopqrstuuLL3X1Y0LpqR1rVdrxjszt0HJO6veFda',
};

/** Debian's docker-registry on this machine, for as long as a test lasts. */
export class Registry {
  readonly host: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'catamaran-registry-'));
  private server: ChildProcess | undefined;

  constructor(
    port: number,
    private readonly access: 'open' | 'private',
  ) {
    this.host = `127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const passwords = join(this.folder, 'htpasswd');
    writeFileSync(passwords, `${account.username}:${account.hash}\n`);
    const lines = [
      'version: 0.1',
      'log: {level: error, accesslog: {disabled: true}}',
      `storage: {filesystem: {rootdirectory: ${this.folder}/data}}`,
      `http: {addr: "${this.host}"}`,
      ...(this.access === 'private' ? [`auth: {htpasswd: {realm: private, path: ${passwords}}}`] : []),
    ];
    const file = join(this.folder, 'registry.yaml');
    writeFileSync(file, `${lines.join('\n')}\n`);
    this.server = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
    const status = this.access === 'private' ? 401 : 200;
    await until(`a registry at ${this.host}`, 20, () =>
      fetch(`http://${this.host}/v2/`).then(
        (answer) => (answer.status === status ? true : undefined),
        () => undefined,
      ),
    );
  }

  /** The tags of a repository, sorted. */
  async tags(repository: string): Promise<string[]> {
    const { tags } = await this.ask<{ tags: string[] }>(`${repository}/tags/list`);
    return tags.sort();
  }

  /** The platforms of an index that the registry has, besides attestations. */
  async platforms(repository: string, digest: string): Promise<string[]> {
    const { manifests } = await this.ask<{
      manifests: { platform: { os: string; architecture: string } }[];
    }>(`${repository}/manifests/${digest}`);
    const named = manifests.map(({ platform: { os, architecture } }) => `${os}/${architecture}`);
    return named.filter((name) => !name.startsWith('unknown')).sort();
  }

  stop(): void {
    this.server?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ask<Answer>(path: string): Promise<Answer> {
    const basic = Buffer.from(`${account.username}:${account.password}`).toString('base64');
    const accept =
      'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json';
    const headers = { accept, authorization: `Basic ${basic}` };
    const answer = await fetch(`http://${this.host}/v2/${path}`, { headers });
    if (!answer.ok) throw new Error(`${path}: status ${answer.status}`);
    return (await answer.json()) as Answer;
  }
}
