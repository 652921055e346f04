import fc from 'fast-check';
import type { Autoscale, VolumeProps } from 'catamaran';
import type {
  BackendDescription,
  CommandHealthDescription,
  ComponentDescription,
  ContainerDescription,
  FileDescription,
  HealthDescription,
  ValueDescription,
} from './description';
import {
  anyText,
  command,
  cpu,
  cron,
  image,
  label,
  mebibytes,
  memory,
  seconds,
  secretName,
  segment,
  timeZone,
  timing,
  variableName,
  whole,
} from './values';

/** What the place of an application can do of what components may ask for. */
export interface Abilities {
  /** Whether a component can have more replicas under load. */
  readonly autoscale: boolean;
  /** Whether a published component can have several replicas. */
  readonly replicasPublished: boolean;
  /** Whether a component can be ready before the interval of its health check has passed. */
  readonly readyAtOnce: boolean;
}

/** A component before it has a name; others are numbers, each of one that comes before. */
export interface Draft {
  readonly component: ComponentDescription;
  readonly links: readonly {
    readonly to: number;
    readonly variable: string;
    readonly as: 'url' | 'endpoint';
  }[];
  readonly waits: readonly number[];
}

const optional = { requiredKeys: [] };

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

const container: fc.Arbitrary<ContainerDescription> = fc
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
    more: fc.record(
      {
        command,
        args: fc.array(anyText, { maxLength: 3 }),
        cpu,
        memory,
        processes: whole(1, 4_194_304),
        user: fc.record(
          {
            uid: whole(1, 2_147_483_647),
            gid: whole(0, 2_147_483_647),
            binding: fc.constantFrom('any', 'named', 'image'),
          },
          { requiredKeys: ['uid', 'gid'] },
        ),
        scratch: fc.uniqueArray(
          fc.record({
            path: fc.constantFrom('/tmp', '/var/cache/a', '/var/run/b', '/dev/shm'),
            size: mebibytes(1, 1024),
            medium: fc.constantFrom('memory', 'disk'),
          }),
          { selector: ({ path }) => path, maxLength: 3 },
        ),
        grace: seconds(1, 3600),
        deadline: seconds(1, 86_400),
        exceptions: fc.dictionary(fc.constantFrom('secrets-in-files', 'no-plain-secrets', 'other'), anyText, {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      },
      optional,
    ),
  })
  .map(({ more, ...own }) => ({ ...own, ...more }));

const commandHealth: fc.Arbitrary<CommandHealthDescription> = fc.record({
  kind: fc.constant('command'),
  command,
  timing,
});

const health: fc.Arbitrary<HealthDescription> = fc.oneof(
  fc.record({
    kind: fc.constant('http'),
    path: fc.constantFrom('/', '/health', '/a?b=c&d=%20', '/~x/+'),
    timing,
  }),
  fc.record({ kind: fc.constant('tcp'), timing }),
  commandHealth,
);

const volumes: fc.Arbitrary<NonNullable<VolumeProps['volumes']>> = fc
  .uniqueArray(
    fc.tuple(
      label,
      fc.option(mebibytes(1, 67_108_864), { nil: undefined }),
      fc.constantFrom('image', 'target'),
    ),
    {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((list) =>
    Object.fromEntries(
      list
        // Both targets have volumes of that name.
        .filter(([name]) => !['secrets', 'files'].includes(name))
        .map(([name, size, ownership], index) => [
          name,
          { path: `/data/${index}`, ownership, ...(size && { size }) },
        ]),
    ),
  );

interface Scaling {
  readonly replicas?: number;
  readonly autoscale?: Autoscale;
}

// Data make a component one replica.
function scaling({ autoscale }: Abilities): fc.Arbitrary<Scaling & VolumeProps> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: volumes.map((some) => ({ volumes: some })) },
    { weight: 1, arbitrary: whole(1, 40).map((replicas) => ({ replicas })) },
    ...(autoscale
      ? [
          {
            weight: 1,
            arbitrary: fc
              .tuple(whole(1, 20), whole(20, 1000), whole(1, 100))
              .map(([replicas, max, targetPercent]) => ({ replicas, autoscale: { max, targetPercent } })),
          },
        ]
      : []),
  );
}

/** A component whose deadline, which is the default where it has none, can be met. */
function inTime<Props extends Pick<BackendDescription, 'deadline' | 'health'>>(
  props: Props,
  { readyAtOnce }: Abilities,
): Props {
  const every = props.health?.timing.every?.milliseconds ?? 10_000;
  const deadline = props.deadline?.milliseconds ?? 600_000;
  if (readyAtOnce || deadline > every) return props;
  return { ...props, deadline: { milliseconds: every + 1 } };
}

function backend(abilities: Abilities): fc.Arbitrary<BackendDescription> {
  return fc
    .record({
      container,
      port: whole(1024, 65_535),
      scaling: scaling(abilities),
      // Numbers come later, as each port of a host can be published once.
      publish: fc.option(fc.constant(0), { nil: undefined, freq: 4 }),
      checks: fc.record({ health, liveness: health }, optional),
    })
    .map(({ container: own, port, scaling: { replicas, ...others }, publish, checks }) => ({
      ...own,
      ...checks,
      ...others,
      port,
      ...(publish !== undefined && { publish }),
      ...(replicas !== undefined && (publish === undefined || abilities.replicasPublished) && { replicas }),
    }))
    .map((props) => inTime(props, abilities));
}

const backup = fc.record(
  {
    schedule: fc.record({ expression: cron, timeZone }),
    to: fc.record({ kind: fc.constant('volume'), size: mebibytes(1, 1_000_000) }),
    keep: whole(1, 1000),
    memory,
    timeout: seconds(1, 604_800),
  },
  { requiredKeys: ['schedule', 'to'] },
);

const databaseName = fc.constantFrom('app', 'orders', 'a_b', 'x1');
const database = fc.record(
  {
    database: databaseName,
    username: databaseName,
    storage: mebibytes(1, 67_108_864),
    cpu,
    memory,
    health: timing,
    grace: seconds(1, 3600),
    backup,
  },
  optional,
);

const programs = (abilities: Abilities): fc.Arbitrary<ComponentDescription> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: backend(abilities).map((props) => ({ kind: 'backend', name: '', props }) as const),
    },
    {
      weight: 1,
      arbitrary: backend(abilities).map(
        ({ port: _port, ...props }) => ({ kind: 'static-frontend', name: '', props }) as const,
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          container,
          scaling(abilities),
          fc.record({ health: commandHealth, liveness: commandHealth }, optional),
        )
        .map(
          ([own, others, checks]) =>
            ({
              kind: 'worker',
              name: '',
              props: inTime({ ...own, ...others, ...checks }, abilities),
            }) as const,
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(container, command, command)
        .map(
          ([{ args: _args, ...own }, up, check]) =>
            ({ kind: 'migration', name: '', props: { ...own, command: up, check } }) as const,
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          container,
          command,
          fc.record(
            {
              schedule: fc.record({ expression: cron, timeZone }),
              timeout: seconds(1, 604_800),
              retries: whole(0, 20),
              startWithin: seconds(10, 86_400),
            },
            { requiredKeys: ['schedule'] },
          ),
        )
        .map(
          ([{ args: _args, deadline: _deadline, ...own }, run, times]) =>
            ({ kind: 'job', name: '', props: { ...own, ...times, command: run } }) as const,
        ),
    },
  );

const services: fc.Arbitrary<ComponentDescription> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('postgres', 'mysql', 'mariadb', 'mongo'),
    name: fc.constant(''),
    props: database,
  }),
  fc.record({
    kind: fc.constant('cache'),
    name: fc.constant(''),
    props: fc.record({ cpu, memory, health: timing }, optional),
  }),
  fc.record({
    kind: fc.constant('search'),
    name: fc.constant(''),
    props: fc.record({ storage: mebibytes(1, 1000), cpu, memory, health: timing, backup }, optional),
  }),
  fc.record({
    kind: fc.constant('external'),
    name: fc.constant(''),
    props: fc.record(
      {
        url: fc.constantFrom(
          'https://api.example.com/v1',
          'http://mail.example.org',
          'smtp://10.1.2.3:25',
          'https://[2001:db8::1]:8443/',
        ),
        addresses: fc.array(fc.constantFrom('10.0.0.0/8', '192.0.2.1/32', '2001:db8::/32', '0.0.0.0/0'), {
          minLength: 1,
          maxLength: 3,
        }),
      },
      { requiredKeys: ['url'] },
    ),
  }),
);

/** A component, and which of those before it are referenced and waited for. */
export function draft(abilities: Abilities): fc.Arbitrary<Draft> {
  return fc.record({
    component: fc.oneof({ weight: 3, arbitrary: programs(abilities) }, { weight: 2, arbitrary: services }),
    links: fc.array(
      fc.record({
        to: fc.nat(20),
        variable: variableName.map((name) => `${name}_URL`),
        as: fc.constantFrom('url', 'endpoint'),
      }),
      { maxLength: 3 },
    ),
    waits: fc.array(fc.nat(20), { maxLength: 2 }),
  });
}
