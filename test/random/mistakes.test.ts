import fc from 'fast-check';
import { Size } from 'catamaran';
import { validOn } from './application';
import type { BackendDescription, ComponentDescription, Description } from './description';
import { outcomeOf } from './outcome';
import { holds } from './runs';

/** Something that is wrong with a backend by itself, and the whole issue that tells of it. */
interface Mistake {
  readonly props: Partial<BackendDescription>;
  readonly told: string;
}

/** A number in a message. */
const shown = (value: number) => (Number.isNaN(value) ? 'not a number' : String(value));

const range = (least: number, most: number) => `write a whole number from ${least} to ${most}`;

/** Props as a program in JavaScript writes them. */
const untyped = (props: object) => props as Partial<BackendDescription>;

/** A mistake for each value. */
function each<Value>(
  values: readonly [Value, ...Value[]],
  mistake: (value: Value) => Mistake,
): fc.Arbitrary<Mistake> {
  return fc.constantFrom(...values).map(mistake);
}

const mistakes: fc.Arbitrary<Mistake> = fc.oneof(
  each([0, -1, 65_536, 8000.5, Number.NaN], (port) => ({
    props: { port },
    told: `port is ${shown(port)}: ${range(1, 65_535)}`,
  })),
  each([0, -1, 1001, 1.5, Number.NaN, Infinity], (replicas) => ({
    props: { replicas },
    told: `replicas is ${shown(replicas)}: ${range(1, 1000)}`,
  })),
  each(['b', 'a/b'], (reference) => ({
    props: { image: { kind: 'reference', reference } },
    told: `image is "${reference}", which stands for ${reference}:latest, whatever that is on the day: write ${reference}:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' ${reference} prints`,
  })),
  each(['1A', '2A'], (name) => ({
    props: { env: { [name]: { kind: 'plain', value: '' } } },
    told: `env has the variable "${name}": write a name that does not start with a digit, such as A`,
  })),
  each([0, 5, -3], (amount) => ({
    props: { memory: { request: Size.mebibytes(1), limit: Size.mebibytes(amount) } },
    told: `memory.limit is ${amount} MiB: write 6 MiB or more`,
  })),
  fc.constant({ props: { processes: 0 }, told: 'processes is 0: write 1 or more' }),
  fc.constant({
    props: { processes: 4_194_305 },
    told: 'processes is 4194305: write 4194304 or less',
  }),
  fc.constant({ props: { user: { uid: -1, gid: 5 } }, told: 'user.uid is -1: write 1 or more' }),
  fc.constant({
    props: { user: { uid: 0, gid: 5 } },
    told:
      'user.uid is 0: write the user of the image; or, if it must start as root, ' +
      "runsAsRoot: { reason: '…' } instead of user",
  }),
  fc.constant({
    props: { runsAsRoot: { reason: ' ' } },
    told: 'runsAsRoot.reason is " ": write why the program must run as root',
  }),
  each(['/', '/proc', '/dev'], (path) => ({
    props: { scratch: [{ path, size: Size.mebibytes(1), medium: 'disk', content: 'image' }] },
    told: `path is "${path}": write another path, because a mount here would hide what the image has in this folder`,
  })),
  each([0, 3601, 0.5], (amount) => ({
    props: { grace: { milliseconds: amount * 1000 } },
    told: `grace is ${amount} seconds: write 1 to 3600 seconds`,
  })),
  each(['/etc', '/usr'], (path) => ({
    props: { scratch: [{ path, size: Size.mebibytes(1), medium: 'disk' }] },
    told: `path is "${path}": write another path, because a mount here would hide what the image has in this folder`,
  })),
  each(['../a', 'a'], (path) => ({
    props: { scratch: [{ path, size: Size.mebibytes(1), medium: 'disk' }] },
    told: `path is "${path}": write an absolute path, which starts with /, such as /a`,
  })),
  fc.constant({
    props: { health: { kind: 'http', path: 'health', options: {} } },
    told: 'health.path is "health": write /health, which starts with /',
  }),
  each(['Authorization', 'cookie', 'X-Api-Key'], (name) => ({
    props: { health: { kind: 'http', path: '/', options: { headers: { [name]: 'a' } } } },
    told:
      `health.headers has the header "${name}": write a path that needs no login, because a header of a check is ` +
      'written as plain text',
  })),
  each(['a\nb', 'ä', '\r'], (value) => ({
    props: { health: { kind: 'http', path: '/', options: { headers: { Accept: value } } } },
    told: `health.headers.Accept is ${JSON.stringify(value)}: write a text of ASCII characters without line breaks`,
  })),
  fc.constant({
    props: { health: { kind: 'http', path: '/', options: { host: 'http://shop.example.com/' } } },
    told: 'health.host is "http://shop.example.com/": write the host alone, without scheme and path: shop.example.com',
  }),
  fc.constant({
    props: { health: { kind: 'grpc', options: { service: 'shop orders' } } },
    told: 'health.service is "shop orders": write letters, digits and . _ - /, such as shop.Orders',
  }),
  each(['512Mi', '512m', 512], (memory) => ({
    props: untyped({ memory }),
    told: `memory is ${JSON.stringify(memory)}: write Size.mebibytes(512)`,
  })),
  each(['replica', 'Replicas', 'replicass'], (key) => ({
    props: untyped({ [key]: 3 }),
    told: `${key} is not a prop of Backend: did you mean replicas?`,
  })),
  fc.constant({ props: untyped({ command: 'a b' }), told: `command is "a b": write ['a', 'b']` }),
  fc.constant({
    props: untyped({ user: { uid: 5, gid: 5, name: 'a' } }),
    told: 'user.name is not a field of user: write one of uid, gid, binding',
  }),
  fc.constant({
    props: { args: ['a\0'] },
    told: String.raw`args is "a\u0000": write valid Unicode text without a NUL character`,
  }),
);

/** A backend of one mistake, by a name that no other component has. */
function mistaken({ props }: Mistake, index: number): ComponentDescription {
  const whole: BackendDescription = {
    image: { kind: 'reference', reference: 'a:1' },
    env: {},
    files: {},
    waitsFor: [],
    port: 8000,
  };
  return { kind: 'backend', name: `m${index}m`, props: { ...whole, ...props } };
}

test('an application reports all of its mistakes together, and no others', () => {
  holds(
    300,
    fc.property(validOn('docker'), fc.array(mistakes, { minLength: 1, maxLength: 6 }), (valid, some) => {
      const description: Description = { ...valid, components: [...valid.components, ...some.map(mistaken)] };
      const outcome = outcomeOf(description);
      const told = outcome.kind === 'refused' ? outcome.message.split('\n') : [];
      expect(told.toSorted()).toEqual(
        some.map((one, index) => `${valid.name}/m${index}m: ${one.told}`).toSorted(),
      );
    }),
  );
});
