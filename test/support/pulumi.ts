import * as pulumi from '@pulumi/pulumi';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { Deployment, SecretValues } from '../../constructs/target/deployment';
import { allIsWell } from './runner';
import type { MockResourceArgs, MockResourceResult } from '@pulumi/pulumi/runtime';

/** What a request to register a resource says, as the engine gets it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of the resources that come before. */
  readonly after: readonly string[];
  readonly provider: string;
  readonly deleteBeforeReplace: boolean;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly secretOutputs: readonly string[];
  readonly retainOnDelete: boolean;
  /** Whether any part of the inputs is marked as a secret. */
  readonly secret: boolean;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
  getDependenciesList(): string[];
  getProvider(): string;
  getDeletebeforereplace(): boolean;
  getReplaceonchangesList(): string[];
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getRetainondelete(): boolean;
}

interface Monitor {
  registerResource(request: RegisterRequest, ...rest: unknown[]): unknown;
}

// Not in the package's types; resources are registered in the background.
const runtime = pulumi.runtime as unknown as { waitForRPCs(): Promise<void> };

interface Settings {
  readonly state?: (resource: MockResourceArgs) => Record<string, unknown>;
  readonly config?: Readonly<Record<string, string>>;
  readonly preview?: boolean;
  /** The outputs in the state of the stack before the update, by the names of resources. */
  readonly outputs?: object;
}

/** A value for each secret, made from its name. */
export function valuesByName(): SecretValues {
  return { kind: 'known', secret: (name) => pulumi.secret(`value-of-${name}`), key: pulumi.secret('key') };
}

/** An update of an application on an engine or a cluster where everything goes well. */
export function deploymentOn<Spec extends EnvironmentSpec>(
  spec: Spec,
  more: Partial<Deployment<Spec>> = {},
): Deployment<Spec> {
  return {
    application: 'shop',
    environment: { ...spec, name: 'dev' },
    folder: '.',
    command: 'up',
    changes: true,
    waits: true,
    values: valuesByName(),
    registriesOf: () => Promise.resolve([]),
    run: allIsWell,
    ...more,
  };
}

/** Runs a Pulumi program without an engine, and returns what it registered. */
export async function registeredBy(
  program: () => void | Promise<void>,
  settings: Settings = {},
): Promise<Registered[]> {
  const { state = () => ({}), config = {}, preview = false, outputs = {} } = settings;
  await pulumi.runtime.setMocks(
    {
      newResource: (resource): MockResourceResult => ({
        id: `${resource.name}-id`,
        state: { ...(resource.inputs as object), ...randomText(resource), ...state(resource) },
      }),
      call: () => ({ outputs }),
    },
    'catamaran',
    'stack',
    preview,
    'organization',
  );
  pulumi.runtime.setAllConfig({ ...config });
  const requests: RegisterRequest[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...rest) => {
    requests.push(request);
    return register(request, ...rest);
  };
  await program();
  // Resources that wait for others are registered in turns.
  for (let known = -1; known < requests.length;) {
    known = requests.length;
    await runtime.waitForRPCs();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return requests.map(registered);
}

// What our own dynamic provider would make.
function randomText({ type, name }: MockResourceArgs): Record<string, unknown> {
  return type === 'pulumi-nodejs:dynamic:Resource' ? { value: `random-${name}` } : {};
}

const secretMark = '4dabf18193072939515e22adb298388d';

function registered(request: RegisterRequest): Registered {
  const object = request.getObject()?.toJavaScript() ?? {};
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: unwrapped(object) as Record<string, unknown>,
    after: request.getDependenciesList().map((urn) => urn.split('::').at(-1) ?? ''),
    provider: request.getProvider().split('::').at(-2) ?? '',
    deleteBeforeReplace: request.getDeletebeforereplace(),
    replaceOnChanges: request.getReplaceonchangesList(),
    ignoreChanges: request.getIgnorechangesList(),
    secretOutputs: request.getAdditionalsecretoutputsList(),
    retainOnDelete: request.getRetainondelete(),
    secret: JSON.stringify(object).includes(secretMark),
  };
}

/** The plain values; the values of secrets are unmarked. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== 'object' || value === null) return value;
  if (secretMark in value) return unwrapped((value as { value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}

/** An object as it is written to a file: without the annotations for Pulumi and for values of secrets. */
export function asWritten(inputs: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(JSON.stringify(inputs), (key, value: unknown) => {
    if (key !== 'annotations' || typeof value !== 'object' || value === null) return value;
    const own = Object.entries(value).filter(([name]) => !/^(catamaran\.secrets$|pulumi\.com\/)/.test(name));
    return own.length > 0 ? Object.fromEntries(own) : undefined;
  });
}

/** Creates resources immediately, with the ids `<name>-id`. */
export function mockResources(preview = false): Promise<void> {
  const newResource = ({ name, inputs }: MockResourceArgs): MockResourceResult => ({
    id: `${name}-id`,
    state: inputs as Record<string, unknown>,
  });
  return pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'catamaran', 'stack', preview);
}
