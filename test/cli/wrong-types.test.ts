import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBuilt, withLibrary } from '../support/project';

const stack = `const {
  Application, Backend, Cache, defineStack, docker, kubernetes, PostgresDatabase, ReverseProxy, Route, ScheduledJob,
} = require('catamaran');

exports.default = defineStack(
  class extends Application {
    constructor(environment) {
      super('shop', environment);
      const database = new PostgresDatabase(this, 'database', { storage: '10Gi', helth: {} });
      const api = new Backend(this, 'api', {
        image: 'api:1.0',
        prot: 8000,
        port: '8000',
        replica: 3,
        memory: '512Mi',
        command: 'node server.js',
        health: '/health',
        env: { DATABASE_URL: database.url, EMPTY: undefined },
      });
      new ScheduledJob(this, 'nightly', { image: 'api:1.0', command: ['run'], schedule: '0 3 * * *' });
      new Cache(this, 'cache', { memory: 64, health: { timeout: '2s' } });
      new ReverseProxy(this, 'proxy', { routes: [Route.path('/', api)], replicas: 0 });
    }
  },
  {
    dev: docker({ data: 'Keep', secrets: '.env', regsitry: 'registry.example.com' }),
    live: kubernetes({ namespace: 'shop', secrets: '.env', components: { api: { cpu: '500m' } } }),
  },
);
`;

const told = [
  'stacks/shop.js:9:24: shop/database: helth is not a prop of PostgresDatabase: did you mean health?',
  'stacks/shop.js:9:24: shop/database: storage is "10Gi": write Size.gibibytes(10)',
  'stacks/shop.js:10:19: shop/api: prot is not a prop of Backend: did you mean port?',
  'stacks/shop.js:10:19: shop/api: replica is not a prop of Backend: did you mean replicas?',
  `stacks/shop.js:10:19: shop/api: command is "node server.js": write ['node', 'server.js']`,
  'stacks/shop.js:10:19: shop/api: env.EMPTY is missing: write a text, a finite number, true or false',
  'stacks/shop.js:10:19: shop/api: memory is "512Mi": write Size.mebibytes(512)',
  'stacks/shop.js:10:19: shop/api: port is "8000": write 8000',
  `stacks/shop.js:10:19: shop/api: health is "/health": write Health.http('/health')`,
  `stacks/shop.js:20:7: shop/nightly: schedule is "0 3 * * *": write Schedule.cron('0 3 * * *')`,
  'stacks/shop.js:21:7: shop/cache: memory is 64: write Size.mebibytes(64)',
  'stacks/shop.js:21:7: shop/cache: health.timeout is "2s": write Duration.seconds(2)',
  'stacks/shop.js:22:7: shop/proxy: replicas is 0: write a whole number from 1 to 1000',
  'stacks/shop.js:26:10: shop (dev): regsitry is not an option of docker(): did you mean registry?',
  // Of all environments.
  `stacks/shop.js:26:10: shop: secrets is ".env": write envFile('.env')`,
  'stacks/shop.js:26:10: shop (dev): data is "Keep": write one of keep, delete',
  'stacks/shop.js:27:11: shop (live): components.api.cpu is "500m": write Cpu.millicores(500)',
];

test.each(['synth', 'check'])('%s tells all mistakes of a stack in JavaScript at once', (command) => {
  const project = withLibrary({ 'stacks/shop.js': stack });
  const { status, stdout, stderr } = runBuilt(project, [command]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  const written = command === 'synth' ? '; nothing was written' : '';
  expect(stderr.split('\n')).toEqual([...told, `${told.length} problems${written}`, '']);
  expect(existsSync(join(project, 'dist'))).toBe(false);
});
