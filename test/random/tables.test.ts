import fc from 'fast-check';
import * as catamaran from 'catamaran';
import { Backend, docker, IssuesError, kubernetes, type EnvironmentSpec } from 'catamaran';
import * as onDockerAlone from 'catamaran/docker';
import * as onKubernetesAlone from 'catamaran/kubernetes';
import { onDocker, planOfApp, type Build } from '../support/application';
import { holds } from './runs';
import { applicationProps, calls, components, environments } from './tables';

const parts: object = { ...catamaran, ...onDockerAlone, ...onKubernetesAlone };

class Stubborn {
  readonly toString = (): never => {
    throw new Error('is no text');
  };
  readonly toJSON = this.toString;
  readonly [Symbol.toPrimitive] = this.toString;
}

const circular: Record<string, unknown> = {};
circular['self'] = circular;

/** Something of any type. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, 0, 1, -1, '', 'text', '8000', '512Mi', true, false),
  fc.constantFrom<unknown>(
    Number.NaN,
    Infinity,
    10n,
    Symbol('a'),
    Math.max,
    Stubborn,
    new Stubborn(),
    circular,
  ),
  fc.constantFrom<unknown>([], {}, [1], [null], [undefined], ['text'], [[]], { a: 1 }, { kind: 'other' }),
  fc.constantFrom<unknown>(
    { bytes: Number.NaN },
    { milliseconds: '5' },
    { millicores: null },
    new Date(0),
    /a/,
  ),
  fc.constantFrom<unknown>(
    Object.create(null),
    JSON.parse('{"__proto__":1}'),
    { kind: 'toString' },
    new Map(),
  ),
);

type Path = readonly (string | number)[];

/** The paths of everything in plain data; what a class has made is a leaf. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  const isPlain =
    Array.isArray(value) || (isObject(value) && Object.getPrototypeOf(value) === Object.prototype);
  const inner = isPlain ? Object.entries(value as object) : [];
  return [path, ...inner.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function at(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => Reflect.get(part as object, key), whole);
}

function replaced(whole: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole))
    return whole.map((item, index): unknown => (index === Number(key) ? replaced(item, rest, value) : item));
  return { ...(whole as object), [key]: replaced(Reflect.get(whole as object, key), rest, value) };
}

/** What is thrown must be issues in words: where, what, and what to write instead, without JavaScript's own texts. */
function expectWords(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    expect(error.issues.length).toBeGreaterThan(0);
    expect(error.message).not.toMatch(
      /TypeError|RangeError|NaN|Cannot |is not a function|not iterable|undefined is|\[object|has the wrong type/,
    );
    return error.message;
  }
}

function make(name: string, ...given: readonly unknown[]): unknown {
  return Reflect.construct(Reflect.get(parts, name) as new () => unknown, given);
}

const names = Object.keys(components) as (keyof typeof components)[];

/** The component, and another one that refers to it as it can. */
const building =
  (name: string, props: unknown): Build =>
  (app) => {
    const made = make(name, app, 'api', props) as object;
    new Backend(app, 'web', {
      image: 'web:1.0',
      port: 8000,
      ...(made instanceof Backend && { waitsFor: [made] }),
      ...('url' in made && { env: { API: made.url as catamaran.Reference } }),
    });
    if (made instanceof Backend)
      make('ReverseProxy', app, 'proxy', { routes: [catamaran.Route.path('/', made)] });
  };

/**
 * What is told of a component is told once: what refers to it adds nothing. The addresses of an external service are
 * told where they are used.
 */
const onlyOf = (message: string | undefined) =>
  message?.split('\n').filter((line) => !/^shop\/api(-backup)?: |addresses of api /.test(line)) ?? [];

/** A change of plain data: something else at a place in it. */
const change = (whole: unknown) =>
  fc.record({ path: fc.constantFrom(...pathsIn(whole).filter(({ length }) => length > 0)), value: anything });

describe.each(names)('%s', (name) => {
  const whole = components[name];

  test('takes each of its props', () => {
    // Some props exclude each other, or need what is not there: that is told by the model, not by the table.
    const message = expectWords(() => planOfApp(building(name, whole)));
    expect(message ?? '').not.toMatch(/is not a (prop|field)/);
  });

  test('tells of a value of another type in words, and what refers to it tells of nothing', () => {
    holds(
      150,
      fc.property(change(whole), ({ path, value }) => {
        const before = expectWords(() => planOfApp(building(name, whole)));
        const message = expectWords(() => planOfApp(building(name, replaced(whole, path, value))));
        expect(onlyOf(message).filter((line) => !onlyOf(before).includes(line))).toEqual([]);
      }),
    );
  });

  test.each(objectsIn(whole))('tells of an unknown key in %s', (_, path) => {
    const part = at(whole, path) as object;
    const message = expectWords(() =>
      planOfApp(building(name, replaced(whole, path, { ...part, nonsense: 1 }))),
    );
    const field = fieldOf(path, 'nonsense');
    expect(message?.split('\n').filter((line) => line.startsWith(`shop/api: ${field} is not `))).toHaveLength(
      1,
    );
  });
});

/** The name of a key in messages: `a.b[0].c`. */
function fieldOf(path: Path, key: string): string {
  const parts = [...path, key].map((part) => (/^\d+$/.test(String(part)) ? `[${part}]` : `.${part}`));
  return parts.join('').slice(1);
}

/** The objects with known keys in plain data. Users choose the keys of some, and units say what to write instead. */
function objectsIn(whole: unknown): [string, Path][] {
  return pathsIn(whole).flatMap((path): [string, Path][] => {
    const part = at(whole, path);
    const isOpen = [
      'env',
      'files',
      'init',
      'databases',
      'secretFiles',
      'exceptions',
      'volumes',
      'ports',
      'publish',
      'labels',
      'annotations',
      'choices',
      'texts',
      'services',
      'components',
    ].includes(String(path.at(-1)));
    const isPlain = isObject(part) && Object.getPrototypeOf(part) === Object.prototype;
    const isUnit =
      isPlain && Object.keys(part).some((key) => /^(bytes|milliseconds|millicores|expression)$/.test(key));
    return isPlain && !isOpen && !isUnit ? [[path.join('.') || 'props', path]] : [];
  });
}

describe('an application', () => {
  const planned = (props: unknown) =>
    expectWords(() => {
      const shop = new (class extends catamaran.Application {})(
        'shop',
        { ...docker(), name: 'dev' },
        props as object,
      );
      new Backend(shop, 'api', { image: 'api:1.0', port: 8000 });
      if (shop.issues.length > 0) throw new IssuesError(shop.issues);
    });

  test('tells of a value of another type in words', () => {
    holds(
      100,
      fc.property(change(applicationProps), ({ path, value }) => {
        planned(replaced(applicationProps, path, value));
      }),
    );
  });
});

describe.each([
  ['docker', docker, environments.docker],
  ['kubernetes', kubernetes, environments.kubernetes],
  ['another kubernetes', kubernetes, environments.other],
] as const)('%s', (_, place, whole: object) => {
  const planned = (options: unknown) =>
    expectWords(() => {
      planOfApp(
        (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }),
        (place as (options: unknown) => EnvironmentSpec)(options),
      );
    });

  test('tells of a value of another type in words', () => {
    holds(
      400,
      fc.property(change(whole), ({ path, value }) => {
        planned(replaced(whole, path, value));
      }),
    );
  });

  test.each(objectsIn(whole))('tells of an unknown key in %s', (_name, path) => {
    const part = at(whole, path) as object;
    const message = planned(replaced(whole, path, { ...part, nonsense: 1 }));
    const field = fieldOf(path, 'nonsense');
    expect(
      message?.split('\n').filter((line) => line.startsWith(`shop (dev): ${field} is not `)),
    ).toHaveLength(1);
  });
});

describe.each(Object.keys(calls))('%s', (name) => {
  const given = calls[name] ?? [];
  const [first = '', second] = name.split('.');
  const owner = Reflect.get(parts, first) as object;
  const called = (second === undefined ? owner : Reflect.get(owner, second)) as () => unknown;
  const call = (args: readonly unknown[]) => expectWords(() => Reflect.apply(called, owner, args));

  test('takes what it knows', () => {
    expect(call(given)).toBeUndefined();
  });

  test('tells of a value of another type in words', () => {
    holds(
      100,
      fc.property(change(given), ({ path, value }) => {
        call(replaced(given, path, value) as readonly unknown[]);
      }),
    );
  });

  test('tells of an unknown key', () => {
    for (const [, path] of objectsIn(given)) {
      // Whoever writes these objects chooses their keys.
      if (name === 'Json.of' || path.at(-1) === 'headers') continue;
      const part = at(given, path) as object;
      expect(call(replaced(given, path, { ...part, nonsense: 1 }) as readonly unknown[])).toMatch(
        /nonsense is not /,
      );
    }
  });
});

test('the container that an override returns has known keys and types', () => {
  holds(
    300,
    fc.property(fc.nat(1e6), anything, (place, value) => {
      const override = onDockerAlone.dockerContainer({
        reason: 'a test',
        change: (one) => {
          const paths = pathsIn(one).filter(({ length }) => length > 0);
          return replaced(one, paths[place % paths.length] ?? [], value) as typeof one;
        },
      });
      const spec = { ...onDocker, components: { api: { overrides: [override] } } };
      expectWords(() => planOfApp((app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }), spec));
    }),
  );
});
