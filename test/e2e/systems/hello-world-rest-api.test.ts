import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, list, podsOf, rolledOut, sweepNamespace, tryKubectl } from '../support/cluster';
import { containersOfComponent, idsByComponent, sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering, json, underLoad } from '../support/http';
import { Project } from '../support/project';
import { PulumiStack } from '../support/pulumi';
import { onCluster, onEngineWithPulumi } from '../support/requirements';
import { until } from '../support/run';

const name = 'hello-world-rest-api';
const namespace = `${name}-e2e`;
const hostPort = 18110;

/** What a team changes to release: the version in application.ts and the message in the source. */
const first = { version: '0.0.1.RELEASE', message: 'Hello' };
const second = { version: '0.0.2.RELEASE', message: 'Hello World' };
const bad = { version: '0.0.3.RELEASE', message: 'Hello nobody' };

/** Listens, and says of itself that it is not ready. */
const sick = ['self.answer(200, {"status": "ok"})', 'self.answer(503, {"status": "sick"})'] as const;

/** Ends before it listens. */
const crash = ['    server = Server(', '    sys.exit("nobody to greet")\n    server = Server('] as const;

/** A copy of the project that a team releases from. */
class Releases extends Project {
  private current = second;

  constructor() {
    super({
      ...{ name, environment: 'e2e', namespace, hostPort, nodePort: undefined },
      published: 8080,
    });
    this.edit('application.ts', 'Duration.minutes(2)', 'Duration.seconds(15)');
    this.edit('application.ts', 'every: Duration.seconds(2)', 'every: Duration.seconds(1)');
    this.become(first);
    this.sign();
  }

  become(release: typeof first): void {
    this.edit('application.ts', `'${this.current.version}'`, `'${release.version}'`);
    this.edit('api/app.py', `message = "${this.current.message}"`, `message = "${release.message}"`);
    this.current = release;
  }
}

interface Greeting {
  readonly message: string;
  readonly release: string;
  readonly replica: string;
}

/** What the files of a folder are, by name. */
function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

/** The releases and replicas that answer some requests in a row. */
async function answersOf(url: string): Promise<{ releases: string[]; replicas: string[] }> {
  const answers: Greeting[] = [];
  for (let count = 0; count < 40; count += 1) answers.push(await json<Greeting>(`${url}/hello-world`));
  const distinct = (values: string[]) => [...new Set(values)].sort();
  return {
    releases: distinct(answers.map(({ release, message }) => `${release}: ${message}`)),
    replicas: distinct(answers.map(({ replica }) => replica)),
  };
}

/** Waits until three replicas answer, all of them as one release. A node hears of a pod a moment late. */
async function threeAnswer(url: string, { version, message }: typeof first): Promise<void> {
  const { releases } = await until('answers of three replicas of one release', 20, async () => {
    const answers = await answersOf(url);
    return answers.replicas.length === 3 && answers.releases.length === 1 ? answers : undefined;
  });
  expect(releases).toEqual([`${version}: ${message}`]);
}

onCluster(`${name} on Kubernetes`, () => {
  const inside = ['--namespace', namespace];
  /** What was written of each release. */
  const folders: Record<string, string> = {};
  let project: Releases;
  let url: string;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    project = new Releases();
  });

  afterAll(async () => {
    await sweepNamespace(namespace);
    project.remove();
  });

  /** Builds and writes a release; returns the folder that it is applied from. */
  async function made(release: typeof first): Promise<string> {
    project.become(release);
    await project.buildForCluster();
    const folder = join(project.folder, 'releases', release.version);
    cpSync(await project.written('staging'), folder, { recursive: true });
    folders[release.version] = folder;
    return folder;
  }

  async function apply(folder: string): Promise<void> {
    await kubectl(['apply', '--filename', folder]);
    await settled();
  }

  /** Waits until the release is out, and those that it replaced are gone. */
  async function settled(): Promise<void> {
    await kubectl([...inside, 'rollout', 'status', 'deployment/api', '--timeout=60s']);
    await until('the end of the pods that were replaced', 60, async () => {
      const all = await kubectl([...inside, 'get', 'pods', '--output', 'name', '--selector', selector]);
      return all.trim().split('\n').length === 3 ? true : undefined;
    });
  }
  const selector = 'app.kubernetes.io/component=api';

  test('a load balancer at 8080 leads to three replicas, which tell their release', async () => {
    await apply(await made(first));
    await rolledOut(namespace);
    const [address = ''] = (await addresses()).split(' ');
    url = `http://${address}:8080`;
    await answering(url);
    await threeAnswer(url, first);
    expect(await label()).toBe('0.0.1.RELEASE');
  });

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: name, environment: 'staging' },
    namespace,
  }));

  function addresses(): Promise<string> {
    const path = 'jsonpath={.status.loadBalancer.ingress[*].ip}';
    return until('an address of the load balancer', 30, async () => {
      const found = await kubectl([...inside, 'get', 'service', 'proxy-public', '--output', path]);
      return found === '' ? undefined : found;
    });
  }

  async function label(): Promise<string> {
    const deployments = await list<{ metadata: { name: string; labels: Record<string, string> } }>(
      namespace,
      'deployments',
    );
    const api = deployments.find(({ metadata }) => metadata.name === 'api');
    return api?.metadata.labels['app.kubernetes.io/version'] ?? '';
  }

  test('the next release is rolled out, and no request fails', async () => {
    const folder = await made(second);
    const { failed } = await underLoad(url, () => apply(folder));
    await threeAnswer(url, second);
    expect(await label()).toBe('0.0.2.RELEASE');
    expect(failed).toEqual({});
  });

  test('kubectl rollout undo goes back to the former release, and no request fails', async () => {
    const { failed } = await underLoad(url, async () => {
      await kubectl([...inside, 'rollout', 'undo', 'deployment/api']);
      await settled();
    });
    await threeAnswer(url, first);
    expect(failed).toEqual({});
  });

  test('a release that is never ready stops by itself, and the one before goes on', async () => {
    const before = (await podsOf(namespace, 'api')).map(({ metadata }) => metadata.uid);
    project.edit('api/app.py', ...sick);
    const folder = await made(bad);
    const { failed } = await underLoad(url, async () => {
      await kubectl(['apply', '--filename', folder]);
      const { code, stderr } = await tryKubectl([...inside, 'rollout', 'status', 'deployment/api']);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'error: deployment "api" exceeded its progress deadline\n',
      });
    });
    await threeAnswer(url, first);
    const after = (await podsOf(namespace, 'api')).map(({ metadata }) => metadata.uid);
    expect(after).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(failed).toEqual({});
  });

  test('the former release is written again to the same bytes, and takes the place of the bad one', async () => {
    const [text, replacement] = sick;
    project.edit('api/app.py', replacement, text);
    project.become(first);
    const folder = await project.written('staging');
    expect(filesBelow(folder)).toEqual(filesBelow(folders[first.version] ?? ''));
    const { failed } = await underLoad(url, () => apply(folder));
    await threeAnswer(url, first);
    expect(await label()).toBe('0.0.1.RELEASE');
    expect(failed).toEqual({});
  });
});

onEngineWithPulumi(`${name} on Docker`, () => {
  const project = `${name}-e2e`;
  const url = `http://127.0.0.1:${hostPort}`;
  let copy: Releases;
  let stack: PulumiStack;

  beforeAll(async () => {
    await sweep(project);
    copy = new Releases();
    stack = new PulumiStack(copy, project);
    await stack.init();
  });

  afterAll(async () => {
    await sweep(project);
    copy.remove();
  });

  test('the proxy leads to three replicas, each with 512 MB and half a processor', async () => {
    await stack.up();
    await threeAnswer(url, first);
    const api = await containersOfComponent(project, 'api');
    expect(api.map(({ HostConfig: { Memory, NanoCpus } }) => [Memory, NanoCpus])).toEqual(
      Array(3).fill([512 * 1024 ** 2, 5e8]),
    );
  });

  hostileEyesOnEngine(() => ({
    ...{ folder: copy.folder, application: name, environment: 'e2e' },
    ...{ project, by: 'Pulumi' },
  }));

  test('the next release is healthy before the one before goes, and no request fails', async () => {
    copy.become(second);
    const { failed } = await underLoad(url, () => stack.up());
    await threeAnswer(url, second);
    expect(failed).toEqual({});
  });

  test('a release that is never healthy fails the update, and the one before goes on', async () => {
    const before = await idsByComponent(project);
    copy.become(bad);
    copy.edit('api/app.py', ...crash);
    const { failed } = await underLoad(url, async () => {
      const { code, stdout, stderr } = await stack.tryUp();
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(
        /api: a replica is not healthy after 15 s .* Its log ends with:\n( *nobody to greet\n)+/,
      );
    });
    const after = await idsByComponent(project);
    expect(after).toEqual({ ...before, api: expect.arrayContaining(before['api'] ?? []) });
    await threeAnswer(url, second);
    expect(failed).toEqual({});
  });

  test('the release that goes on takes the place of the one that failed, and no request fails', async () => {
    const [text, replacement] = crash;
    copy.edit('api/app.py', replacement, text);
    copy.become(second);
    const { failed } = await underLoad(url, () => stack.up());
    await threeAnswer(url, second);
    expect((await idsByComponent(project))['api']).toHaveLength(3);
    expect(failed).toEqual({});
  });
});
