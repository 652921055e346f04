import { clusterHas, giveToCluster, kubectl, rolledOut, sweepNamespace } from '../support/cluster';
import { sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering, ask } from '../support/http';
import { OwnProject } from '../support/own-project';
import { onCluster, onEngine } from '../support/requirements';
import { run } from '../support/run';

let project: OwnProject;

beforeAll(() => {
  project = new OwnProject('site');
});

afterAll(() => {
  project.remove();
});

onEngine('frontends and weights, written for Docker', () => {
  const file = (): string => project.path('dist/site/dev/compose.yaml');

  beforeAll(async () => {
    await sweep('site-dev');
    await project.written('dev');
    await run('docker', ['compose', '--file', file(), 'up', '--detach', '--wait']);
  });

  afterAll(() => sweep('site-dev'));

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'site', environment: 'dev' },
    ...{ project: 'site-dev', by: 'compose' },
  }));
  visitorsSee('http://127.0.0.1:18099');
});

onCluster('frontends and weights, written for Kubernetes', () => {
  beforeAll(async () => {
    await sweepNamespace('site-e2e');
    const built = await project.catamaran('build', 'site', '--environment', 'staging');
    await giveToCluster(built.trim().split('\n'));
    if (!(await clusterHas('python:3.13-slim'))) await giveToCluster(['python:3.13-slim']);
    await project.written('staging');
    await kubectl(['apply', '--filename', project.path('dist/site/staging')]);
    await rolledOut('site-e2e');
    await answering('http://127.0.0.1:30079/');
  });

  afterAll(() => sweepNamespace('site-e2e'));

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: 'site', environment: 'staging' },
    namespace: 'site-e2e',
  }));
  visitorsSee('http://127.0.0.1:30079');
});

function visitorsSee(url: string): void {
  test('the static files', async () => {
    const { status, text } = await ask(`${url}/`);
    expect({ status, text }).toEqual({ status: 200, text: '<h1>Ahoy</h1>\n' });
  });

  test('the first page at a path that the browser routes', async () => {
    expect((await ask(`${url}/some/route`)).text).toBe('<h1>Ahoy</h1>\n');
  });

  test('each version as often as its weight says', async () => {
    const requests = 400;
    const seen: Record<string, number> = {};
    for (let count = 0; count < requests; count += 1) {
      const { text } = await ask(`${url}/version/`);
      seen[text] = (seen[text] ?? 0) + 1;
    }
    process.stdout.write(`    ${url}: ${JSON.stringify(seen)}\n`);
    expect(Object.keys(seen).sort()).toEqual(['canary', 'stable']);
    // 300 on average; outside of these bounds once in 100 billion runs.
    expect(seen['stable']).toBeGreaterThan(240);
    expect(seen['stable']).toBeLessThan(360);
  });
}
