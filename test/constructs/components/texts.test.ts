import { Backend, docker, kubernetes, ReverseProxy, Route, type Application } from 'catamaran';
import { issuesOfApp, modelOfApp, onDocker, thrownBy, workloadOfApp } from '../../support/application';

/** An application whose numbers all come from the environment. */
function shop(app: Application): void {
  const api = new Backend(app, 'api', {
    image: 'api:1.0',
    port: app.number('PORT', 8000),
    env: { PUBLIC_URL: app.text('PUBLIC_URL', 'http://localhost:8080') },
  });
  new ReverseProxy(app, 'proxy', {
    routes: [Route.path('/', api, { hosts: [app.text('DOMAIN', 'localhost')] })],
    publish: app.number('PUBLISH', 8080),
  });
}

type Texts = Readonly<Record<string, string | number>>;

const on = (texts: Texts) => docker({ texts });

function said(texts: Texts) {
  const { workloads } = modelOfApp(shop, on(texts));
  const [api, proxy] = [
    workloads.find(({ name }) => name === 'api'),
    workloads.find(({ name }) => name === 'proxy'),
  ];
  return {
    host: proxy?.routes[0]?.hosts,
    port: api?.ports[0]?.number,
    publish: proxy?.ports[0]?.exposure,
    url: api?.variables['PUBLIC_URL'],
  };
}

test('the defaults of the application hold where the environment says nothing', () => {
  expect(said({})).toEqual({
    host: ['localhost'],
    port: 8000,
    publish: { kind: 'host-port', port: 8080, address: '0.0.0.0' },
    url: ['http://localhost:8080'],
  });
});

test('the environment says hosts, ports and addresses', () => {
  const texts = {
    DOMAIN: 'shop.example.com',
    PORT: 9000,
    PUBLISH: '8181',
    PUBLIC_URL: 'https://shop.example.com',
  };
  expect(said(texts)).toEqual({
    host: ['shop.example.com'],
    port: 9000,
    publish: { kind: 'host-port', port: 8181, address: '0.0.0.0' },
    url: ['https://shop.example.com'],
  });
});

test('a number is a text where the application asks for a text, and an empty text is a text', () => {
  const api = (app: Application) =>
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      env: { LIMIT: app.text('LIMIT'), PREFIX: app.text('PREFIX', 'x') },
    });
  expect(workloadOfApp('api', api, on({ LIMIT: 5, PREFIX: '' })).variables).toEqual({
    LIMIT: ['5'],
    PREFIX: [''],
  });
});

test('a text that nobody says is one issue, and not several', () => {
  const unsaid = (app: Application) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: app.number('PORT') });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { hosts: [app.text('shop-domain')] })] });
  };
  expect(issuesOfApp(unsaid, kubernetes({ namespace: 'shop' }), { environment: 'production' })).toEqual([
    "shop (production): texts.PORT is missing: write texts: { PORT: 8080 } in environment production, or a default in this.number('PORT', …)",
    "shop (production): texts.shop-domain is missing: write texts: { 'shop-domain': '…' } in environment production, or a default in this.text('shop-domain', …)",
  ]);
});

test('a text that the application never asks for is an issue', () => {
  expect(issuesOfApp(shop, on({ DOMIAN: 'a.example.com', COLOUR: 'red' }))).toEqual([
    'shop (dev): texts.DOMIAN is a text that the application never asks for: did you mean DOMAIN?',
    'shop (dev): texts.COLOUR is a text that the application never asks for: write one of PORT, PUBLIC_URL, DOMAIN, PUBLISH',
  ]);
  const without = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
  expect(issuesOfApp(without, on({ DOMAIN: 'x' }))).toEqual([
    'shop (dev): texts.DOMAIN is a text that the application never asks for: the application asks for no texts',
  ]);
});

test('a number that is no number is an issue', () => {
  expect(issuesOfApp(shop, on({ PORT: 'http' }))).toEqual([
    'shop (dev): texts.PORT is "http": write a number, because the application reads it with this.number(…)',
  ]);
});

test('one text with two defaults is an issue', () => {
  const twice = (app: Application) => {
    const env = { A: app.text('A', 'x'), B: app.text('A', 'y'), C: app.text('A') };
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
  };
  expect(issuesOfApp(twice, on({ A: 'z' }))).toEqual([
    `shop: this.text('A') has the default "y" in one place and the default "x" in another: write the same default in both`,
    `shop: this.text('A') has no default in one place and the default "x" in another: write the same default in both`,
  ]);
});

test.each<[(app: Application) => unknown, string]>([
  [(app) => app.text(5 as unknown as string), `shop: first argument of text is 5: write '5'`],
  [
    (app) => app.text('A', true as unknown as string),
    `shop: second argument of text('A', …) is true: write a text, or leave it out`,
  ],
  [
    (app) => app.number('A', 'x' as unknown as number),
    `shop: second argument of number('A', …) is "x": write a number, or leave it out`,
  ],
])('wrong arguments are told at once', (ask, message) => {
  expect(thrownBy(() => modelOfApp((app) => void ask(app), onDocker)).message).toBe(message);
});
