import type { DockerSpec } from '../constructs/environment/docker';
import { isMapping } from '../constructs/model/data';
import { portText, type Protocol } from '../constructs/model/network';
import type { Violation } from '../constructs/policy/policy';
import { helpersOf } from './compose/helpers';
import type { DockerPlan } from './plan';

/** The services of an environment in compose's own form, by name. */
export type Services = DockerSpec['services'];

/** A service in compose's own form. */
export type ComposeService = Services[string];

/** The names in a part of a service that is a list of names, or an object with them as its keys. */
function namesIn(part: unknown): string[] {
  if (isMapping(part)) return Object.keys(part);
  return Array.isArray(part) ? part.filter((item) => typeof item === 'string') : [];
}

/** The names of the volumes that a service mounts, without the folders of the host. */
export function volumesOf({ volumes }: ComposeService): string[] {
  const mounts: readonly unknown[] = Array.isArray(volumes) ? volumes : [];
  return mounts.flatMap((mount): string[] => {
    if (isMapping(mount)) {
      const { type, source } = mount;
      return type === 'volume' && typeof source === 'string' ? [source] : [];
    }
    const [, name] = typeof mount === 'string' ? (/^([a-zA-Z0-9][\w.-]*):/.exec(mount) ?? []) : [];
    return name === undefined ? [] : [name];
  });
}

/** The names of the secrets that a service reads. */
export function secretsOfService({ secrets }: ComposeService): string[] {
  const read: readonly unknown[] = Array.isArray(secrets) ? secrets : [];
  return read.flatMap((secret): string[] => {
    const name = isMapping(secret) ? secret['source'] : secret;
    return typeof name === 'string' ? [name] : [];
  });
}

/** The ports of the host that a service publishes, such as `8025` or `53/udp`. A range is several. */
export function publishedBy({ ports }: ComposeService): string[] {
  const published: readonly unknown[] = Array.isArray(ports) ? ports : [];
  return published.flatMap((port): string[] => {
    if (isMapping(port)) {
      const range: unknown = port['published'] ?? '';
      return rangeOf(String(range), port['protocol'] === 'udp' ? 'udp' : 'tcp');
    }
    // [address:]published:target[/protocol]; an address of IPv6 is in brackets.
    const [, range = '', protocol] =
      /^(?:\[[^\]]*\]:|[\d.]+:)?([\d-]+):[\d-]+(?:\/(\w+))?$/.exec(String(port)) ?? [];
    return rangeOf(range, protocol === 'udp' ? 'udp' : 'tcp');
  });
}

function rangeOf(text: string, protocol: Protocol): string[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined) return [];
  const count = Math.min(Number(last) - Number(first) + 1, 1000);
  return Array.from({ length: Math.max(count, 0) }, (_, index) => portText(Number(first) + index, protocol));
}

/** What is wrong between the services in compose's own form and those of the components. */
export function serviceFaults(plan: DockerPlan): Violation[] {
  return Object.entries(plan.services).flatMap(([name, service]) => [
    ...nameFaults(name, plan),
    ...namedFaults(name, service, plan),
    ...portFaults(name, service, plan),
  ]);
}

function fault(service: string, field: string, got: unknown, write: string, problem: string): Violation {
  // No component has this name, also if one has the name of the service.
  const workload = `services.${service}`;
  return { workload, field, got, write, sentence: `${field} ${problem}: write ${write}` };
}

function nameFaults(name: string, plan: DockerPlan): Violation[] {
  const field = `services.${name}`;
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name))
    return [
      fault(name, field, name, 'a name of lower-case letters, digits and - _', 'cannot be a host name'),
    ];
  if (!componentServices(plan).includes(name)) return [];
  return [fault(name, field, name, 'another name', 'has the name of a service of a component')];
}

/** The names of all services that components have. */
function componentServices({ containers }: DockerPlan): string[] {
  return containers.flatMap((container) => [container.name, ...Object.keys(helpersOf(container, ''))]);
}

function namedFaults(name: string, service: ComposeService, plan: DockerPlan): Violation[] {
  const networks = [...plan.networks.map((network) => network.name), 'default'];
  const services = [...plan.containers.map((container) => container.name), ...Object.keys(plan.services)];
  const own = plan.containers.flatMap(({ volumes, secrets }) => [
    ...volumes.map((volume) => volume.name),
    ...secrets.map(({ id }) => id),
  ]);
  return [
    ...namesIn(service.networks)
      .filter((one) => !networks.includes(one))
      .map((got) =>
        fault(
          name,
          `services.${name}.networks`,
          got,
          `one of ${networks.join(', ')}`,
          `has ${JSON.stringify(got)}, which is no network of the application`,
        ),
      ),
    ...namesIn(service.depends_on)
      .filter((one) => !services.includes(one))
      .map((got) =>
        fault(
          name,
          `services.${name}.depends_on`,
          got,
          `one of ${services.join(', ')}`,
          `has ${JSON.stringify(got)}, which is no service`,
        ),
      ),
    ...volumesOf(service)
      .filter((one) => own.includes(one))
      .map((got) =>
        fault(
          name,
          `services.${name}.volumes`,
          got,
          'a volume of its own',
          `has ${JSON.stringify(got)}, the volume of a component`,
        ),
      ),
  ];
}

function portFaults(name: string, service: ComposeService, plan: DockerPlan): Violation[] {
  const taken = new Map(
    plan.containers.flatMap((container) =>
      container.publish.map(({ port, protocol }): [string, string] => [
        portText(port, protocol),
        container.name,
      ]),
    ),
  );
  const before = Object.entries(plan.services).slice(0, Object.keys(plan.services).indexOf(name));
  for (const [other, one] of before) for (const port of publishedBy(one)) taken.set(port, other);
  return publishedBy(service).flatMap((port) => {
    const owner = taken.get(port);
    if (owner === undefined) return [];
    return [
      fault(name, `services.${name}.ports`, port, 'another port', `has ${port}, which ${owner} publishes`),
    ];
  });
}
