import {
  Application,
  Backend,
  defineStack,
  ExternalApi,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Secret,
  type Environment,
} from 'catamaran';
import { summaryOf } from '../../../constructs/pipeline/summary';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { planOfApp, type Build } from '../../support/application';
import type { Scene } from '../../support/rules';

/** A shop with images, secrets and connections of every kind. */
export const shop: Build = (app) => {
  const database = new PostgresDatabase(app, 'database', { image: 'postgres:17.0' });
  const models = new ExternalApi(app, 'models', { url: 'https://api.example.com/v1' });
  const bank = new ExternalApi(app, 'bank', { url: 'http://bank.example.com', addresses: ['192.0.2.0/28'] });
  const image = 'api:1.0';
  const env = { DATABASE_URL: database.url };
  const migration = new Migration(app, 'migration', { image, command: ['up'], check: ['ok'], env });
  const api = new Backend(app, 'api', {
    image,
    port: 8000,
    env: { ...env, API_KEY: Secret.named('API_KEY'), MODELS: models.url, BANK: bank.url },
    files: { '/etc/api/order.txt': 'one' },
    waitsFor: [migration],
  });
  new ReverseProxy(app, 'proxy', { image: 'nginx:1.27', routes: [Route.path('/', api)], publish: 8080 });
};

/** The summary of an application. */
export const summarized = ({ build, place }: Scene) => summaryOf(planOfApp(build, place));
/** The part of its summary that says where visitors come in. */
export const published = (place: EnvironmentSpec, build = shop) => summarized({ build, place }).published;

/** What is the same wherever the application runs. */
const everywhere = {
  edges: [
    'api -> api.example.com:443 (any public address)',
    'api -> bank.example.com:80 (192.0.2.0/28)',
    'api -> database:5432',
    'migration -> database:5432',
    'proxy -> api:8000',
  ],
  secrets: ['API_KEY', 'DATABASE_PASSWORD'],
  needs: [],
};

/** The whole summary of the shop on Docker. */
export const onEngine = {
  ...everywhere,
  objects: [
    'container api',
    'container database',
    'container migration',
    'container proxy',
    'network api.database',
    'network api_outbound',
    'network migration.database',
    'network proxy.api',
    'network proxy_publish',
    'volume database-data',
  ],
  published: ['proxy: 8080 on the host'],
  images: ['api:1.0 (api, migration)', 'nginx:1.27 (proxy)', 'postgres:17.0 (database)'],
};

/** The whole summary of the shop in a cluster. */
export const inCluster = {
  ...everywhere,
  objects: [
    'ConfigMap api-files',
    'ConfigMap database-env',
    'ConfigMap database-user',
    'ConfigMap proxy-routes',
    'Deployment api',
    'Deployment proxy',
    'Job migration',
    'Namespace shop',
    'NetworkPolicy api',
    'NetworkPolicy database',
    'NetworkPolicy default.deny',
    'NetworkPolicy migration',
    'NetworkPolicy proxy',
    'PodDisruptionBudget api',
    'PodDisruptionBudget database',
    'PodDisruptionBudget proxy',
    'PriorityClass shop',
    'Service api',
    'Service database',
    'Service database-pods',
    'Service proxy',
    'Service proxy-public',
    'ServiceAccount api',
    'ServiceAccount database',
    'ServiceAccount migration',
    'ServiceAccount proxy',
    'StatefulSet database',
  ],
  published: ['proxy: 8080 on a load balancer'],
  // A component waits with the image of the one that it waits for.
  images: ['api:1.0 (api, migration)', 'nginx:1.27 (proxy)', 'postgres:17.0 (api, database, migration)'],
};

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    shop(this);
  }
}

/** A stack of the shop. */
export const stackOf = <Name extends string>(environments: Readonly<Record<Name, EnvironmentSpec>>) =>
  defineStack(Shop, environments);
