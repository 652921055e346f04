import { graph } from '../../../cli/commands/graph';
import { projectOf, runIn, stackFile } from '../../support/project';

test('an application is drawn with its boxes, its connections, its waits and its way in', () => {
  const stack = stackFile({
    components: `const cache = new Cache(this, 'cache');
    const mail = new ExternalApi(this, 'mail', { url: 'https://mail.example.com' });
    const migration = new Migration(this, 'migration', { image: 'api:1.0', command: ['up'], check: ['ok'] });
    const api = new Backend(this, 'api', {
      image: 'api:1.0', port: 8000, replicas: 2, waitsFor: [migration],
      env: { CACHE_URL: cache.url, MAIL_URL: mail.url },
    });
    new ScheduledJob(this, 'retention', {
      image: 'api:1.0', command: ['retain'], schedule: Schedule.cron('@daily'), env: { CACHE_URL: cache.url },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', api)], publish: 8080 });`,
    environments: 'dev: docker({ secrets: envFile() })',
  });
  const { stdout, thrown } = runIn(projectOf({ 'stacks/shop.ts': stack }), graph);
  expect(thrown).toBeUndefined();
  expect(stdout).toBe(`---
title: shop in dev on docker
---
flowchart LR
  cache[("cache")]
  migration{{"migration"}}
  api["api x2"]
  api --> cache
  api --> outside-mail
  api -.->|after| migration
  retention(["retention"])
  retention --> cache
  proxy["proxy"]
  visitors(("visitors")) -->|"8080"| proxy
  proxy --> api
  outside-mail[/"mail.example.com"/]
`);
});

test('what is not TCP has its port in the drawing', () => {
  const stack = stackFile({
    components: `const api = new Backend(this, 'api', {
      image: 'api:1.0', port: 8000, ports: { dns: { number: 5353, protocol: 'udp' } }, publish: { dns: 53, http: 80 },
    });
    new Worker(this, 'caller', { image: 'api:1.0', connectsTo: [api] });`,
    environments: 'dev: docker()',
  });
  const { stdout, thrown } = runIn(projectOf({ 'stacks/shop.ts': stack }), graph);
  expect(thrown).toBeUndefined();
  expect(stdout.split('\n').slice(4)).toEqual([
    '  api["api"]',
    '  visitors(("visitors")) -->|"80"| api',
    '  visitors(("visitors")) -->|"53/udp"| api',
    '  caller["caller"]',
    '  caller --> api',
    '  caller -->|"5353/udp"| api',
    '',
  ]);
});

test('the ways out are drawn, each once', () => {
  const stack = stackFile({
    components: `const ollama = new HostProgram(this, 'ollama', { port: 11434 });
    new Backend(this, 'api', {
      image: 'api:1.0', port: 8000, env: { URL: ollama.url }, internet: { ports: [443, 80] },
    });`,
    environments: 'dev: docker()',
  });
  const { stdout } = runIn(projectOf({ 'stacks/shop.ts': stack }), graph);
  expect(stdout.split('\n').slice(4)).toEqual([
    '  api["api"]',
    '  api --> outside-ollama',
    '  api --> the_internet',
    '  outside-ollama[/"ollama on the Docker host"/]',
    '  the_internet[/"the internet"/]',
    '',
  ]);
});

test('each application in each environment is drawn, or the one that is named', () => {
  const project = projectOf({
    'stacks/shop.ts': stackFile({ environments: "dev: docker(), live: kubernetes({ namespace: 'shop' })" }),
  });
  const titles = (given: { readonly environment?: string }) =>
    runIn(project, graph, given).stdout.match(/^title: .*$/gm);
  expect(titles({})).toEqual(['title: shop in dev on docker', 'title: shop in live on kubernetes']);
  expect(titles({ environment: 'live' })).toEqual(['title: shop in live on kubernetes']);
});
