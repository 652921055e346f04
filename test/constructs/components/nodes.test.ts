import {
  Backend,
  Cache,
  ExternalApi,
  PostgresDatabase,
  ReverseProxy,
  Route,
  type BackendProps,
} from 'catamaran';
import { Construct } from 'constructs';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  type Build,
} from '../../support/application';
import { composeOf, podOf } from '../../support/written';

const backend = (scope: Construct, name = 'api', props: Partial<BackendProps> = {}) =>
  new Backend(scope, name, { image: 'api:1.0', port: 8000, ...props });

/** What each component waits for, on Docker and on Kubernetes. */
function waits(build: Build, name = 'api') {
  const { services } = composeOf(planOfApp(build, onDocker));
  const { initContainers = [] } = podOf(planOfApp(build, onKubernetes), name);
  return {
    docker: services[name]?.depends_on ?? {},
    kubernetes: initContainers.map((one) => one.name),
  };
}

describe('node.addDependency is a start order', () => {
  const cacheFirst = { docker: { cache: { condition: 'service_healthy' } }, kubernetes: ['wait-cache'] };

  test('between two components', () => {
    const build: Build = (app) => {
      backend(app).node.addDependency(new Cache(app, 'cache'));
    };
    expect(waits(build)).toMatchObject(cacheFirst);
  });

  test('that can be removed again', () => {
    const build: Build = (app) => {
      const [cache, api] = [new Cache(app, 'cache'), backend(app)];
      api.node.addDependency(cache);
      api.node.removeDependency(cache);
    };
    expect(waits(build)).toEqual({ docker: {}, kubernetes: [] });
  });

  test('to and from a group, of all components in it', () => {
    const build: Build = (app) => {
      const [stores, services] = [new Construct(app, 'stores'), new Construct(app, 'services')];
      new Cache(stores, 'cache');
      new PostgresDatabase(stores, 'database');
      backend(services);
      services.node.addDependency(stores);
    };
    expect(waits(build).kubernetes.toSorted()).toEqual(['wait-cache', 'wait-database']);
    expect(Object.keys(waits(build).docker).toSorted()).toEqual(['cache', 'database']);
  });

  test('from the application, of all its components but the one that is waited for', () => {
    const build: Build = (app) => {
      backend(app);
      app.node.addDependency(new Cache(app, 'cache'));
    };
    expect(waits(build)).toMatchObject(cacheFirst);
    expect(waits(build, 'cache').kubernetes).toEqual([]);
  });

  test('that is no circle', () => {
    const build: Build = (app) => {
      const [one, two] = [backend(app, 'one'), backend(app, 'two')];
      one.node.addDependency(two);
      two.node.addDependency(one);
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/one: waitsFor is "one -> two -> one": write a start order that is not a circle; later(() => one.url) refers without waiting',
    ]);
  });

  test('of components only', () => {
    const build: Build = (app) => {
      const api = backend(app);
      const mail = new ExternalApi(app, 'mail', { url: 'https://mail.example.com' });
      api.node.addDependency(mail, new Construct(app, 'empty'));
      mail.node.addDependency(api);
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: nothing can wait for the external service mail: use a reference, such as mail.url',
      'shop/api: node.addDependency names empty, which has no components: name a component, or a group with components',
      'shop/mail: an external service does not start here, so that it cannot wait: remove node.addDependency',
    ]);
  });

  test('of components of the same application', () => {
    let other: Backend | undefined;
    const model = modelOfApp((app) => (other = backend(app)), onDocker, { name: 'blog' });
    expect(model.name).toBe('blog');
    const build: Build = (app) => {
      if (other) backend(app).node.addDependency(other);
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: node.addDependency is "blog/api": write a component of shop, or an external service',
    ]);
  });
});

describe('node.addValidation', () => {
  const saying = (...texts: readonly string[]) => ({ validate: () => [...texts] });

  test.each([onDocker, onKubernetes])('is asked, and its answers are issues of its component', (place) => {
    const build: Build = (app) => {
      backend(app).node.addValidation(saying('the api needs a cache', 'and a queue'));
      new Construct(app, 'group').node.addValidation(saying('the group is empty'));
      app.node.addValidation(saying('the shop is closed'));
    };
    expect(issuesOfApp(build, place)).toEqual([
      'shop: the shop is closed',
      'shop/api: the api needs a cache',
      'shop/api: and a queue',
      'shop: the group is empty',
    ]);
  });

  test('that throws is told in words', () => {
    const validate = () => {
      throw new Error('no');
    };
    const build: Build = (app) => {
      backend(app).node.addValidation({ validate });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: node.addValidation threw Error: no: NODE_DEBUG=catamaran shows the stack trace',
    ]);
  });
});

test('node.addMetadata is refused, because nothing is made of it', () => {
  const build: Build = (app) => {
    backend(app).node.addMetadata('team', 'shop');
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: node.addMetadata has "team", which is written nowhere: remove it, or write labels and annotations with an override in the environment',
  ]);
});

test('node.setContext gives values to all constructs below', () => {
  const build: Build = (app) => {
    const group = new Construct(app, 'group');
    group.node.setContext('replicas', 3);
    const { node } = new Construct(group, 'inner');
    backend(group, 'api', { replicas: node.getContext('replicas') as number });
  };
  for (const place of [onDocker, onKubernetes])
    expect(modelOfApp(build, place).workloads[0]?.replicas).toBe(3);
});

describe('a component', () => {
  const names = (build: Build) => modelOfApp(build).workloads.map(({ name }) => name);

  test('may be in a group, or below another component', () => {
    expect(names((app) => backend(backend(new Construct(app, 'group'), 'api'), 'admin'))).toEqual([
      'api',
      'admin',
    ]);
  });

  test('has a name of its own, also in another group', () => {
    const build: Build = (app) => {
      backend(new Construct(app, 'one'));
      backend(new Construct(app, 'two'));
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: name is "api": write another name, because another component has this one',
    ]);
  });

  test('is gone after node.tryRemoveChild, and its name is free', () => {
    const replaced =
      (name: string): Build =>
      (app) => {
        backend(app, 'api', { replicas: 2 });
        app.node.tryRemoveChild('api');
        backend(app, name);
      };
    expect(names(replaced('admin'))).toEqual(['admin']);
    expect(modelOfApp(replaced('api')).workloads.map(({ replicas }) => replicas)).toEqual([1]);
  });

  test.each([onDocker, onKubernetes])('that is removed is used by no other', (place) => {
    const build: Build = (app) => {
      const cache = new Cache(app, 'cache');
      const old = backend(app, 'old');
      backend(app, 'api', { env: { CACHE_URL: cache.url } });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', old)] });
      app.node.tryRemoveChild('cache');
      app.node.tryRemoveChild('old');
    };
    const write = 'which is not in the application: keep that component, or remove what uses it';
    expect(issuesOfApp(build, place)).toEqual([
      `shop/api: this uses cache, ${write}`,
      `shop/proxy: this uses old, ${write}`,
    ]);
  });
});
