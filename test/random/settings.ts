import fc from 'fast-check';
import { plainValue, variables } from './container';
import type { ComponentDescription, SettingsDescription } from './description';
import type { Carrier } from './routes';
import { anyText, cpu, mebibytes, memory, optional, whole } from './values';

/** What an environment may say of any component, each where the component takes it. */
export interface SettingsDraft {
  readonly size: SettingsDescription;
  readonly env: NonNullable<SettingsDescription['env']>;
  readonly reasons: readonly string[];
  readonly storage: NonNullable<SettingsDescription['storage']> | undefined;
  readonly managed: NonNullable<SettingsDescription['managed']> | undefined;
  readonly bindMount: boolean;
  readonly expose: 'as-is' | 'otherwise';
  readonly replicas: number | undefined;
}

/** Any settings, before it is known which component they are for. */
export const settingsDraft: fc.Arbitrary<SettingsDraft> = fc.record({
  size: fc.record(
    { cpu, memory, exceptions: fc.constant({ 'secrets-in-files': 'the image reads no files' }) },
    optional,
  ),
  env: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: variables(plainValue) }),
  reasons: fc.array(
    anyText.map((text) => `because ${text}`),
    { maxLength: 1 },
  ),
  storage: fc.option(mebibytes(1, 1e6), { nil: undefined }),
  managed: fc.option(
    fc.record(
      {
        host: fc.constantFrom('db.example.com', '10.1.2.3'),
        port: whole(1, 65_535),
        addresses: fc.constantFrom(['10.1.2.0/24'], ['0.0.0.0/0']),
        url: fc.record({
          kind: fc.constant('secret'),
          name: fc.constantFrom('STORE_URL', 'A'),
          random: fc.boolean(),
          file: fc.constant(false),
        }),
      },
      { requiredKeys: ['host'] },
    ),
    { nil: undefined, freq: 3 },
  ),
  bindMount: fc.boolean(),
  expose: fc.constantFrom('as-is', 'otherwise'),
  replicas: fc.option(whole(1, 20), { nil: undefined }),
});

/** The settings that a component takes where the application runs. */
export function settled(
  draft: SettingsDraft,
  component: ComponentDescription,
  carrier: Carrier,
  index: number,
): SettingsDescription {
  const { size, env, reasons, storage, bindMount, managed } = draft;
  const overrides = reasons.length > 0 ? { overrides: reasons } : {};
  const general = { ...size, env, ...overrides };
  switch (component.kind) {
    case 'external':
      return {};
    case 'host-program':
      if (carrier === 'docker') return managed ? { managed } : {};
      return { managed: managed ?? { host: '10.9.8.7', port: 8080 } };
    case 'proxy':
      return carrier === 'docker' || carrier === 'nginx'
        ? { ...size, ...overrides, ...exposed(draft, component, carrier, index) }
        : {};
    case 'postgres':
    case 'mysql':
    case 'mariadb':
    case 'mongo':
    case 'search':
    case 'redis':
    case 'cache': {
      const durable = component.kind !== 'cache';
      if (managed) return { ...(durable && { backup: 'off' }), managed };
      const isWhole = durable && component.props.backup === undefined;
      // A backup is another container, so that an override of one would have to name it.
      return {
        ...size,
        env,
        ...(isWhole || !durable ? overrides : {}),
        ...(durable && storage && { storage }),
        ...(carrier === 'docker' && draft.expose === 'otherwise' && { expose: atHost(index) }),
      };
    }
    case 'backend':
    case 'static-frontend':
      return { ...general, ...mounted(bindMount, carrier), ...exposed(draft, component, carrier, index) };
    case 'worker':
    case 'migration':
    case 'job':
      return { ...general, ...mounted(bindMount, carrier) };
  }
}

function atHost(index: number) {
  return { kind: 'host-port', port: 10_000 + index, address: '127.0.0.1' } as const;
}

function mounted(bindMount: boolean, carrier: Carrier): SettingsDescription {
  return bindMount && carrier === 'docker'
    ? { bindMounts: [{ folder: 'api', path: '/srv/mounted', access: 'read-write' }] }
    : {};
}

type Published = ComponentDescription & { readonly kind: 'backend' | 'static-frontend' | 'proxy' };

function exposed(
  { expose, replicas }: SettingsDraft,
  { props, kind }: Published,
  carrier: Carrier,
  index: number,
): SettingsDescription {
  const published = props.publish !== undefined || expose === 'otherwise';
  const hasData = kind !== 'proxy' && (props.volumes !== undefined || props.autoscale !== undefined);
  const many = replicas === undefined || hasData || (carrier === 'docker' && published) ? {} : { replicas };
  if (expose === 'as-is') return many;
  // TLS has its own second port at the nodes.
  if (carrier === 'docker') return { expose: atHost(index), replicas: 1 };
  return kind === 'proxy' || index % 2 === 0
    ? { ...many, expose: { kind: 'load-balancer', port: 1 + index } }
    : { ...many, expose: { kind: 'node-port', port: 80, nodePort: 30_000 + index } };
}
