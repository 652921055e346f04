import type { Capability } from 'catamaran';
import fc from 'fast-check';
import type { ContainerDescription, FileDescription, ValueDescription } from './description';
import { optionalPrefix } from './description';
import {
  anyText,
  command,
  cpu,
  image,
  mebibytes,
  memory,
  optional,
  seconds,
  secretName,
  segment,
  variableName,
  whole,
} from './values';

/** A value of a variable that holds no secret. */
export const plainValue: fc.Arbitrary<ValueDescription> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .oneof(anyText, whole(-5, 1e6), fc.boolean())
      .map((value) => ({ kind: 'plain', value }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.jsonValue({ maxDepth: 2 }).map((data) => ({ kind: 'json', data: data as string }) as const),
  },
);

/** A secret with a default, which its name decides: one secret cannot have two. */
const optionalSecret: fc.Arbitrary<ValueDescription> = secretName.map(
  (name) => ({ kind: 'secret', name: `${optionalPrefix}${name}`, random: false, file: false }) as const,
);

const value: fc.Arbitrary<ValueDescription> = fc.oneof(
  { weight: 3, arbitrary: plainValue },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('secret'),
      name: secretName,
      random: fc.boolean(),
      file: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: optionalSecret },
);

/** Variables by name. */
export function variables(
  of: fc.Arbitrary<ValueDescription>,
): fc.Arbitrary<Record<string, ValueDescription>> {
  return fc.dictionary(variableName, of, { maxKeys: 3, noNullPrototype: true });
}

const files: fc.Arbitrary<Record<string, FileDescription>> = fc.dictionary(
  fc
    .tuple(segment, segment)
    .map(([folder, name]) => `/srv/conf-${folder === '...' ? 'x' : folder}/${name === '...' ? 'y' : name}`),
  anyText.map((text) => [text]),
  { maxKeys: 2, noNullPrototype: true },
);

const user = fc.record(
  {
    uid: whole(1, 2_147_483_647),
    gid: whole(0, 2_147_483_647),
    binding: fc.constantFrom('any', 'named', 'image'),
  },
  { requiredKeys: ['uid', 'gid'] },
);

const root = fc.record(
  {
    reason: anyText.map((reason) => `why: ${reason}`),
    capabilities: fc.subarray<Capability>(['CHOWN', 'KILL', 'NET_BIND_SERVICE', 'SETUID']),
  },
  { requiredKeys: ['reason'] },
);

/** A user, root, or nothing: a program is never both. */
const runsAs: fc.Arbitrary<Pick<ContainerDescription, 'user' | 'runsAsRoot'>> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ user }, optional) },
  { weight: 1, arbitrary: fc.record({ runsAsRoot: root }) },
);

const keyed = { maxKeys: 2, noNullPrototype: true } as const;

const labelText = fc.constantFrom('web', '', 'A.b-c_1', '0');
const internet = fc.record(
  {
    ports: fc.array(
      fc.oneof(
        whole(1, 65_535),
        fc.record(
          { number: whole(1, 65_535), protocol: fc.constantFrom('tcp', 'udp') },
          { requiredKeys: ['number'] },
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    addresses: fc.array(fc.constantFrom('10.1.0.0/16', '192.0.2.1/32', 'fd12::/48', '0.0.0.0/0', '::/0'), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['ports'] },
);

/** What any program of one image may have. */
export const container: fc.Arbitrary<ContainerDescription> = fc
  .record({
    image: fc.oneof(
      { weight: 5, arbitrary: image.map((reference) => ({ kind: 'reference', reference }) as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('.', 'api').map((context) => ({ kind: 'build', context }) as const),
      },
    ),
    env: variables(value),
    files,
    waitsFor: fc.constant([]),
    runsAs,
    more: fc.record(
      {
        command,
        args: fc.array(anyText, { maxLength: 3 }),
        cpu,
        memory,
        processes: whole(1, 4_194_304),
        root: fc.constantFrom('read-only', 'writable'),
        capabilities: fc.subarray<Capability>(['NET_BIND_SERVICE']),
        scratch: fc.uniqueArray(
          fc.record(
            {
              path: fc.constantFrom('/tmp', '/var/cache/a', '/var/run/b', '/dev/shm'),
              size: mebibytes(1, 1024),
              medium: fc.constantFrom('memory', 'disk'),
              content: fc.constantFrom('empty', 'image'),
            },
            { requiredKeys: ['path', 'size', 'medium'] },
          ),
          { selector: ({ path }) => path, maxLength: 3 },
        ),
        grace: seconds(1, 3600),
        internet,
        deadline: seconds(1, 86_400),
        labels: fc.dictionary(fc.constantFrom('example.com/tier', 'team', 'a.b-c_d'), labelText, keyed),
        annotations: fc.dictionary(fc.constantFrom('example.com/rule', 'notes'), anyText, keyed),
        workingDirectory: fc.constantFrom('/', '/srv/app', '/srv/$HOME', '/srv/a b'),
        tty: fc.boolean(),
        stdin: fc.boolean(),
        platform: fc.constantFrom('linux/amd64', 'linux/arm64', 'linux/arm/v7'),
        exceptions: fc.dictionary(fc.constantFrom('secrets-in-files', 'no-plain-secrets', 'other'), anyText, {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      },
      optional,
    ),
  })
  .map(({ more, runsAs: as, ...own }) => ({ ...own, ...as, ...more }));
