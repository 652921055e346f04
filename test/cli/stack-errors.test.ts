import { join } from 'node:path';
import { filesBelow, runBuilt, stackFile, withLibrary } from '../support/project';

/** What the command itself says, which maps the lines of what it compiled. */
function catamaran(
  command: string,
  files: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): {
  readonly project: string;
  readonly stdout: string;
  readonly stderr: string;
} {
  const project = withLibrary(files);
  const { stdout, stderr } = runBuilt(project, [command], { env: { ...process.env, ...env } });
  return { project, stdout, stderr };
}

function synth(files: Readonly<Record<string, string>>, env?: NodeJS.ProcessEnv) {
  return catamaran('synth', files, env);
}

const thrown = 'NODE_DEBUG=catamaran shows the stack trace';

test('what the constructor of an application throws is told with its line, without our stack trace', () => {
  const source = `import { Application, defineStack, docker, type Environment } from 'catamaran';

interface Unused {
  readonly name: string;
}

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    (environment as unknown as { here: Unused }).here.name.trim();
  }
}

export default defineStack(Shop, { dev: docker() });
`;
  const { stderr } = synth({ 'stacks/shop.ts': source });
  expect(stderr).toBe(
    `stacks/shop.ts:10:55: shop (dev): constructor threw "Cannot read properties of undefined (reading 'name')": ${thrown}\n` +
      '1 problem; nothing was written\n',
  );
});

test.each([
  ['at once', '`${api.url}/v1`', 'stacks/shop.ts:11:25: value'],
  ['in later(…)', 'later(() => `${api.url}/v1`)', 'stacks/shop.ts:11:37: shop/web'],
])('a reference that becomes a string %s is told with its line, and with what to write', (_, value, told) => {
  const source = `import { Application, Backend, defineStack, docker, later, type Environment } from 'catamaran';

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    const api = new Backend(this, 'api', { image: 'api:1.0', port: 8000 });
    new Backend(this, 'web', {
      image: 'web:1.0',
      port: 3000,
      env: {
        API_URL: ${value},
        OTHER: later(() => api.url),
      },
    });
  }
}

export default defineStack(Shop, { dev: docker() });
`;
  const { stderr } = synth({ 'stacks/shop.ts': source });
  expect(stderr).toBe(
    `${told}: a reference to api (its url) was turned into a string, which would lose it: ` +
      'write text`${api.url}/v1`, with the word text before the first quote\n1 problem; nothing was written\n',
  );
});

test('so is what it throws itself, in JavaScript', () => {
  const source = `const { Application, defineStack, docker } = require('catamaran');
exports.default = defineStack(
  class extends Application {
    constructor(environment) {
      super('shop', environment);
      throw new Error('not yet');
    }
  },
  { dev: docker() },
);
`;
  const { stderr } = synth({ 'stacks/shop.js': source });
  expect(stderr).toBe(
    `stacks/shop.js:6:13: shop (dev): constructor threw Error: not yet: ${thrown}\n1 problem; nothing was written\n`,
  );
});

test('a value of another type is told with its component', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile({ props: "image: 'a:1', port: 8000, memory: 5" }) });
  expect(stderr).toBe(
    'stacks/shop.ts:6:5: shop/api: memory is 5: write Size.mebibytes(5)\n' +
      '1 problem; nothing was written\n',
  );
});

test('a prop that is missing is told with its field', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile({ props: "image: 'a:1', env: { A: {} }" }) });
  expect(stderr).toBe(
    [
      'stacks/shop.ts:6:5: shop/api: env.A is an object: write a text, a finite number, true or false, or Json.of(…) for a value in JSON',
      'stacks/shop.ts:6:5: shop/api: port is missing: write a whole number from 1 to 65535',
      '2 problems; nothing was written',
      '',
    ].join('\n'),
  );
});

describe('what a stack throws while it is loaded is told with its line', () => {
  test('of the file that throws', () => {
    const { stderr } = synth({
      'stacks/shop.ts': "import './shared/version';",
      'stacks/shared/version.ts': "type Version = string;\n\nthrow new Error('SHOP_VERSION is not set');",
    });
    expect(stderr).toBe(
      `stacks/shared/version.ts:3:7: stacks/shop: loading threw Error: SHOP_VERSION is not set: ${thrown}\n` +
        '1 problem; nothing was written\n',
    );
  });

  test('that cannot be read', () => {
    const { stderr } = synth({ 'stacks/shop.js': '\nconst shop = ;\n' });
    expect(stderr).toBe(
      `stacks/shop.js:2:1: stacks/shop: loading threw SyntaxError: Unexpected token ';': ${thrown}\n` +
        '1 problem; nothing was written\n',
    );
  });

  test('that calls the library without what it needs', () => {
    const source = "import { kubernetes } from 'catamaran';\n\nexport const live = kubernetes();\n";
    const { stderr } = synth({ 'stacks/shop.ts': source });
    expect(stderr).toBe(
      "stacks/shop.ts:3:21: kubernetes: options is missing: write kubernetes({ namespace: 'shop' })\n" +
        '1 problem; nothing was written\n',
    );
  });

  test('but for the line of a file that it imports and that cannot be read, which is told instead', () => {
    const { stderr } = synth({ 'stacks/shop.ts': "import './a';", 'stacks/a.ts': 'let b = ;' });
    expect(stderr).toBe(
      'stacks/a.ts:1:9: syntax is "let b = ;": write TypeScript (Unexpected ";")\n' +
        '1 problem; nothing was written\n',
    );
  });
});

test('a component without its props is told with its line and its path', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile().replace(', { image', '); ({ image') });
  expect(stderr).toBe(
    "stacks/shop.ts:6:5: shop/api: props is missing: write an object, such as { image: 'api:1.0' }\n" +
      '1 problem; nothing was written\n',
  );
});

test('the calls are shown to those who ask for them', () => {
  const { stderr } = synth({ 'stacks/shop.js': "throw new Error('no');" }, { NODE_DEBUG: 'catamaran' });
  expect(stderr).toMatch(/^CATAMARAN \d+: Error: no\n +at /);
  expect(stderr).toContain(`\nstacks/shop.js:1:7: stacks/shop: loading threw Error: no: ${thrown}\n`);
});

describe('a mistake is told with the line', () => {
  const port = 'write a whole number from 1 to 65535';
  const shop = (components: string, environments = 'dev: docker()') =>
    stackFile({ components, environments });

  test('at which the application creates the component, of each component', () => {
    const { stderr } = synth({
      'stacks/shop/index.ts': `import { defineStack, docker } from 'catamaran';
import { Shop } from './application';

export default defineStack(Shop, { dev: docker() });
`,
      'stacks/shop/application.ts': `import { Application, Backend, Worker, type Environment } from 'catamaran';

interface Sizes {
  readonly replicas: number;
}

export class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    const sizes: Sizes = { replicas: 0 };
    new Backend(this, 'api', {
      image: 'api:1.0',
      port: 0,
    });
    if (sizes.replicas === 0) new Worker(this, 'mails', { image: 'mails:1.0', ...sizes });
  }
}
`,
    });
    expect(stderr).toBe(
      `stacks/shop/application.ts:11:5: shop/api: port is 0: ${port}\n` +
        'stacks/shop/application.ts:15:31: shop/mails: replicas is 0: write a whole number from 1 to 1000\n' +
        '2 problems; nothing was written\n',
    );
  });

  test('of a function that creates it, in a folder with a space and a parenthesis', () => {
    const { stderr } = synth({
      'stacks/shop.ts': `import { api } from './our parts (new)/api';\n${shop('api(this, { port: 0 });')}`,
      'stacks/our parts (new)/api.ts': `import { Backend, type Application } from 'catamaran';

export const api = (shop: Application, props: { readonly port: number }) =>
  new Backend(shop, 'api', { image: 'api:1.0', ...props });
`,
    });
    expect(stderr).toBe(
      `stacks/our parts (new)/api.ts:4:3: shop/api: port is 0: ${port}\n1 problem; nothing was written\n`,
    );
  });

  test('at which a component of a class of their own is created', () => {
    const own = `import { Backend } from 'catamaran';

class Api extends Backend {
  constructor(...[scope, port]: readonly [ConstructorParameters<typeof Backend>[0], number]) {
    super(scope, 'api', { image: 'api:1.0', port });
  }
}
`;
    const stack = shop('new Api(this, 0);').replace(/ Backend,/, '');
    expect(synth({ 'stacks/shop.ts': `${own}${stack}` }).stderr).toBe(
      `stacks/shop.ts:13:5: shop/api: port is 0: ${port}\n1 problem; nothing was written\n`,
    );
  });

  test('of the stack that calls a package which creates it', () => {
    const { stderr } = synth({
      'stacks/shop.ts': `import { api } from 'parts';\n${shop('api(this);')}`,
      'node_modules/parts/index.js': `const { Backend } = require('catamaran');
exports.api = (shop) => new Backend(shop, 'api', { image: 'api:1.0', port: 0 });
`,
    });
    expect(stderr).toBe(`stacks/shop.ts:7:5: shop/api: port is 0: ${port}\n1 problem; nothing was written\n`);
  });

  const javaScript = `const { Application, Backend, defineStack, docker } = require('catamaran');
exports.default = defineStack(
  class extends Application {
    constructor(environment) {
      super('shop', environment);
      new Backend(this, 'api', { image: 'api:1.0', port: 0 });
    }
  },
  { dev: docker() },
);
`;

  test('of JavaScript', () => {
    expect(synth({ 'stacks/shop.js': javaScript }).stderr).toBe(
      `stacks/shop.js:6:7: shop/api: port is 0: ${port}\n1 problem; nothing was written\n`,
    );
  });

  test('where Node.js maps the lines of TypeScript itself', () => {
    const lines = "\n\ninterface Lines {\n  readonly none: 'of this is left';\n}\n";
    const files = { 'stacks/shop.ts': `${lines}${stackFile({ props: "image: 'api:1.0', port: 0" })}` };
    expect(synth(files, { NODE_OPTIONS: '--enable-source-maps' }).stderr).toBe(
      `stacks/shop.ts:11:5: shop/api: port is 0: ${port}\n1 problem; nothing was written\n`,
    );
  });

  test('at which an environment is created, also in another file', () => {
    const { stderr } = synth({
      'stacks/shop.ts': `import { live } from '../environments';\n${stackFile({
        environments: 'dev: docker({ components: { apo: {} } }),\n  live',
      })}`,
      'environments.ts': `import { kubernetes } from 'catamaran';

export const live = kubernetes({ namespace: 'shop', registry: 'no registry' });
`,
    });
    expect(stderr).toBe(
      'stacks/shop.ts:11:41: shop (dev): components has "apo", which is not a component: write one of api\n' +
        'environments.ts:3:21: shop (live): registry is "no registry": ' +
        'write a host and a path, such as registry.example.com/shop\n' +
        '2 problems; nothing was written\n',
    );
  });

  test('of the database, for its backup', () => {
    const components = `
    new PostgresDatabase(this, 'database', {
      backup: { schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(1)), memory: Size.bytes(1) },
    });`;
    const environments = 'dev: docker({ secrets: envFile() })';
    expect(synth({ 'stacks/shop.ts': shop(components, environments) }).stderr).toBe(
      'stacks/shop.ts:7:5: shop/database-backup: memory.limit is 1 byte: write a whole number of MiB, 6 MiB or more\n' +
        'stacks/shop.ts:7:5: shop/database-backup: memory.request is 1 byte: write a whole number of MiB, 1 MiB or more\n' +
        '2 problems; nothing was written\n',
    );
  });

  test('once, where several environments share it', () => {
    const environments = "dev: docker(), live: kubernetes({ namespace: 'shop' })";
    const components = "new Backend(this, 'api', { image: 'api:1.0', port: 0 });";
    expect(synth({ 'stacks/shop.ts': shop(components, environments) }).stderr).toBe(
      `stacks/shop.ts:6:5: shop/api: port is 0: ${port}\n1 problem; nothing was written\n`,
    );
  });

  test('and again where it is made at another line', () => {
    const components = `
    if (environment.name === 'dev') new Backend(this, 'api', { image: 'api:1.0', port: 0 });
    else new Backend(this, 'api', { image: 'api:1.0', port: 0 });`;
    const environments = 'dev: docker(), test: docker()';
    expect(synth({ 'stacks/shop.ts': shop(components, environments) }).stderr).toBe(
      `stacks/shop.ts:7:37: shop/api: port is 0: ${port}\n` +
        `stacks/shop.ts:8:10: shop/api: port is 0: ${port}\n` +
        '2 problems; nothing was written\n',
    );
  });

  test('of the application that wants what another one has', () => {
    const published = (name: string) =>
      stackFile({ name, props: "image: 'api:1.0', port: 8000, publish: 8080" });
    const { stderr } = synth({ 'stacks/blog.ts': published('blog'), 'stacks/shop.ts': published('shop') });
    expect(stderr).toBe(
      'stacks/shop.ts:6:5: shop/api: publish is 8080 in dev: write another port, because blog (dev) publishes this ' +
        'one; or name different hosts with host\n1 problem; nothing was written\n',
    );
  });

  test('by check, for mistakes and for what breaks a policy', () => {
    const wrong = catamaran('check', { 'stacks/shop.js': javaScript });
    expect(wrong.stderr).toBe(`stacks/shop.js:6:7: shop/api: port is 0: ${port}\n1 problem\n`);
    const { stdout } = catamaran('check', {
      'stacks/shop.js': javaScript.replace('port: 0', "port: 8000, env: { LOG: 'http://a:b@c' }"),
    });
    expect(stdout.split('\n').slice(1, 4)).toEqual([
      '',
      "no-plain-secrets: env.LOG holds a secret as a plain value: write Secret.named('LOG')",
      '  shop (dev): api (stacks/shop.js:6:7)',
    ]);
  });
});

test.each([
  [
    'a name',
    stackFile({ name: 'blog' }),
    'stacks/shop.ts:5:5: stacks/shop: name is "blog": write shop, the name of its file or folder',
  ],
  [
    'an environment',
    stackFile({ environments: 'Dev_1: docker()' }),
    'stacks/shop.ts:5:5: shop: environment is "Dev_1": write dev-1: only lower-case letters, digits and - are allowed',
  ],
  [
    'no environments',
    stackFile({ environments: '' }),
    'stacks/shop.ts:10:16: defineStack: environments is {}: write at least one, such as defineStack(Shop, { dev: docker() })',
  ],
  [
    'an import',
    `import './nope';\n${stackFile()}`,
    'stacks/shop.ts:1:8: import is "./nope": write the path of a file that exists, or the name of an installed package',
  ],
  [
    'no default export',
    stackFile().replace('export default', 'export const stack ='),
    'stacks/shop.ts: default export is missing: write export default defineStack(…)',
  ],
  [
    'a class that is no Application',
    stackFile().replace('defineStack(Shop', 'defineStack(class {}'),
    'stacks/shop: first argument of defineStack(…) is a class that does not extend Application: write class Shop extends Application { … }',
  ],
  [
    'a thrown text',
    "throw 'text';",
    'stacks/shop: loading threw "text": throw new Error(…) instead, whose line this message can show',
  ],
])('a mistake in the stack itself is told with what is known of its place: %s', (_, stack, message) => {
  expect(synth({ 'stacks/shop.ts': stack }).stderr).toBe(`${message}\n1 problem; nothing was written\n`);
});

test('what is planned and written has no lines of the stack in it', () => {
  const { project, stderr } = synth({ 'stacks/shop.ts': stackFile() });
  expect(stderr).toBe('');
  const written = Object.entries(filesBelow(join(project, 'dist')));
  expect(written.length).toBeGreaterThan(0);
  expect(written.filter(([, text]) => text.includes('shop.ts'))).toEqual([]);
});
