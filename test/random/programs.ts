import fc from 'fast-check';
import type { Autoscale, VolumeProps } from 'catamaran';
import type {
  BackendDescription,
  CommandHealthDescription,
  ComponentDescription,
  HealthDescription,
} from './description';
import { container } from './container';
import { command, cron, label, mebibytes, optional, seconds, timeZone, timing, whole } from './values';

/** What the place of an application supports. */
export interface Abilities {
  /** Whether a component can have more replicas under load. */
  readonly autoscale: boolean;
  /** Whether a published component can have several replicas. */
  readonly replicasPublished: boolean;
  /** Whether a component can be ready before the interval of its health check has passed. */
  readonly readyAtOnce: boolean;
  /** Whether a component can be asked from outside of its container, so that its image needs no shell. */
  readonly shellLess: boolean;
}

const commandHealth: fc.Arbitrary<CommandHealthDescription> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('command'), command, timing }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('none'),
      reason: fc.constantFrom('it answers by UDP alone', '#'),
    }),
  },
);

const headers = fc.dictionary(
  fc.constantFrom('Accept', 'X-Health', 'User-Agent'),
  fc.constantFrom('text/plain', '$(id)', "it's ${HOME} 100%", '"'),
);

const health: fc.Arbitrary<HealthDescription> = fc.oneof(
  fc.record({
    kind: fc.constant('http'),
    path: fc.constantFrom('/', '/health', '/a?b=c&d=%20', '/~x/+'),
    options: fc
      .tuple(timing, fc.record({ headers, host: fc.constantFrom('shop.example.com', 'api:8080') }, optional))
      .map(([times, others]) => ({ ...times, ...others })),
  }),
  fc.record({
    kind: fc.constant('grpc'),
    options: fc
      .tuple(timing, fc.record({ service: fc.constantFrom('', 'shop.Orders') }, optional))
      .map(([times, others]) => ({ ...times, ...others })),
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
  const every = everyOf(props.health)?.milliseconds ?? 10_000;
  const deadline = props.deadline?.milliseconds ?? 600_000;
  if (readyAtOnce || deadline > every) return props;
  return { ...props, deadline: { milliseconds: every + 1 } };
}

// Numbers that no main port of these tests has: it would be a mistake.
const morePorts: fc.Arbitrary<NonNullable<BackendDescription['ports']>> = fc.record(
  {
    metrics: whole(1024, 1033),
    dns: fc.record(
      { number: whole(1024, 1033), protocol: fc.constantFrom('tcp', 'udp') },
      { requiredKeys: ['number'] },
    ),
  },
  optional,
);

/** Whether two ports have one number and protocol. */
function clash({ metrics, dns }: NonNullable<BackendDescription['ports']>): boolean {
  return metrics !== undefined && metrics === dns?.number && dns.protocol !== 'udp';
}

function backend(abilities: Abilities): fc.Arbitrary<BackendDescription> {
  return fc
    .record({
      container,
      port: fc.oneof(whole(1, 1023), whole(1034, 65_535)),
      ports: fc.option(
        morePorts.filter((ports) => !clash(ports)),
        { nil: undefined, freq: 2 },
      ),
      scaling: scaling(abilities),
      // Numbers come later, as each port of a host can be published once.
      publish: fc.option(fc.constant(0), { nil: undefined, freq: 4 }),
      checks: fc.record({ health, liveness: health }, optional),
      shell: fc.constantFrom<{ shell?: 'sh' | 'none' }>(
        {},
        { shell: 'sh' },
        ...(abilities.shellLess ? [{ shell: 'none' } as const] : []),
      ),
    })
    .map(({ container: own, port, ports, scaling: { replicas, ...others }, publish, checks, shell }) => ({
      ...own,
      // Nothing can copy the folders of an image without a shell.
      ...(own.scratch?.some(({ content }) => content === 'image') ? {} : shell),
      ...checks,
      ...others,
      port,
      ...(ports && { ports }),
      ...(publish !== undefined && { publish }),
      ...(replicas !== undefined && (publish === undefined || abilities.replicasPublished) && { replicas }),
    }))
    .map((props) => inTime(props, abilities));
}

/** A component that runs an image of the team. */
export const programs = (abilities: Abilities): fc.Arbitrary<ComponentDescription> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: backend(abilities).map((props) => ({ kind: 'backend', name: '', props }) as const),
    },
    {
      weight: 1,
      arbitrary: backend(abilities).map(
        ({ port: _port, ports: _ports, root: _root, ...props }) =>
          ({ kind: 'static-frontend', name: '', props }) as const,
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
        .tuple(
          container,
          command,
          fc.oneof(
            command.map((check) => ({ check })),
            fc.constant({ repeatable: true }),
          ),
        )
        .map(
          ([{ args: _args, ...own }, up, gate]) =>
            ({ kind: 'migration', name: '', props: { ...own, ...gate, command: up } }) as const,
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

function everyOf(health: HealthDescription | undefined) {
  if (!health || health.kind === 'none') return undefined;
  return ('options' in health ? health.options : health.timing).every;
}
