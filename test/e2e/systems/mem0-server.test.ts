import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, makeNamespace, podOf, rolledOut, sweepNamespace } from '../support/cluster';
import { containerOf, containersOf, docker, sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering } from '../support/http';
import { Project } from '../support/project';
import { onCluster, onEngine } from '../support/requirements';
import { run } from '../support/run';

const namespace = 'mem0-server-e2e';
const hostPort = 18113;
const nodePort = 30011;

/** The file, with other values than the example has; some that shells and templates would take for their own. */
const settings = {
  MEM0_API_KEY: 'k$1 {x} 4f1d0c6b9a7e',
  MEM0_DEFAULT_USER: 'sailor $HOME $(id)',
  MEM0_LOG_LEVEL: 'debug',
  MEM0_MAX_TEXT: '40',
  MEM0_SEARCH_LIMIT: '2',
};

const project = new Project({
  ...{ name: 'mem0-server', environment: 'e2e', namespace, hostPort, nodePort },
  published: 25045,
});

afterAll(() => {
  project.remove();
});

/** Asks as somebody who has the key; a body is sent with POST. */
async function ask(url: string, body?: unknown, key = settings.MEM0_API_KEY): Promise<[number, unknown]> {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, { ...sent, headers: { 'x-api-key': key, connection: 'close' } });
  return [response.status, await response.json()];
}

/** What must be true of the server, wherever it runs. */
function server(url: string, variables: () => Promise<string>, replace: () => Promise<void>): void {
  test('answers, and every setting is what the file says', async () => {
    const { MEM0_API_KEY: _key, ...visible } = settings;
    expect(await ask(`${url}/config`)).toEqual([
      200,
      { ...visible, MEM0_LOG_LEVEL: 'DEBUG', MEM0_MAX_TEXT: 40, MEM0_SEARCH_LIMIT: 2 },
    ]);
    const given = (await variables()).split('\n').filter((line) => line.startsWith('MEM0_'));
    expect(given.sort()).toEqual(Object.entries(settings).map(([name, value]) => `${name}=${value}`));
  });

  test('does as the settings say', async () => {
    expect(await ask(`${url}/memories`, undefined, 'another')).toEqual([
      401,
      { error: 'show the key in X-API-Key' },
    ]);
    const [status] = await ask(`${url}/memories`, { text: 'x'.repeat(41) });
    expect(status).toBe(400);
    for (const text of ['likes tea', 'likes tea in the morning', 'drinks tea or coffee', 'sails'])
      expect((await ask(`${url}/memories`, { text }))[0]).toBe(201);
    expect(await ask(`${url}/search?q=Tea+in+the+morning`)).toEqual([
      200,
      ['likes tea in the morning', 'likes tea'],
    ]);
  });

  test('remembers when its container is another', async () => {
    await replace();
    expect(
      (await ask(`${url}/memories?user=${encodeURIComponent(settings.MEM0_DEFAULT_USER)}`))[1],
    ).toContain('sails');
  });

  test('no value of the file is in what was written', () => {
    const dist = join(project.folder, 'dist');
    const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const written = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
    expect(written).toContain('MEM0_API_KEY');
    const telling = [settings.MEM0_API_KEY, settings.MEM0_DEFAULT_USER];
    expect(telling.filter((value) => written.includes(value))).toEqual([]);
  });
}

onEngine('mem0-server on Docker', () => {
  const name = 'mem0-server-e2e';
  let up: () => Promise<string>;

  beforeAll(async () => {
    await sweep(name);
    const lines = Object.entries(settings).map(([variable, value]) => `${variable}='${value}'\n`);
    writeFileSync(project.secretsFile, lines.join(''));
    const file = join(await project.written('e2e'), 'compose.yaml');
    up = () =>
      run('docker', [
        ...['compose', '--env-file', project.secretsFile, '--file', file],
        ...['up', '--detach', '--wait'],
      ]);
    await up();
  });

  afterAll(() => sweep(name));

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'mem0-server', environment: 'e2e' },
    ...{ project: name, by: 'compose' },
  }));

  server(
    `http://127.0.0.1:${hostPort}`,
    async () => docker('exec', (await containerOf(name, 'server')).Id, 'env'),
    async () => {
      const before = await containerOf(name, 'server');
      await docker('rm', '--force', '--volumes', before.Id);
      await up();
      expect((await containerOf(name, 'server')).Id).not.toBe(before.Id);
    },
  );

  test('is one container', async () => {
    expect(await containersOf(name)).toHaveLength(1);
  });
});

onCluster('mem0-server on Kubernetes', () => {
  const url = `http://127.0.0.1:${nodePort}`;
  const inside = ['--namespace', namespace];

  beforeAll(async () => {
    await sweepNamespace(namespace);
    await project.buildForCluster();
    await makeNamespace(namespace);
    // kubectl takes the lines of a file as they are, quotes and all.
    const file = join(project.folder, 'plain.env');
    writeFileSync(
      file,
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    await kubectl([
      ...inside,
      'create',
      'secret',
      'generic',
      'mem0-server-secrets',
      `--from-env-file=${file}`,
    ]);
    await kubectl(['apply', '--filename', await project.written('staging')]);
    await rolledOut(namespace);
    await answering(`${url}/health`);
  });

  afterAll(() => sweepNamespace(namespace));

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: 'mem0-server', environment: 'staging' },
    namespace,
  }));

  server(
    url,
    () => kubectl([...inside, 'exec', 'server-0', '--quiet', '--', 'env']),
    async () => {
      const before = await podOf(namespace, 'server');
      await kubectl([...inside, 'delete', 'pod', before.metadata.name, '--wait']);
      await rolledOut(namespace);
      await answering(`${url}/health`);
      expect((await podOf(namespace, 'server')).metadata.uid).not.toBe(before.metadata.uid);
    },
  );
});
