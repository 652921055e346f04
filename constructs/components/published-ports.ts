import type { EnvironmentSpec } from '../environment/environment';
import type { PlacedSettings } from '../environment/settings';
import type { Problem } from '../shape/kind';
import { quoted } from '../shape/words';
import type { Exposure, Port } from '../model/network';
import { isByName, type ListedPort, type PortProps } from '../values/ports';

/** What says how a component is published. */
export interface Publisher {
  readonly name: string;
  readonly environment: Pick<EnvironmentSpec, 'publishesAt'>;
  readonly expose: PlacedSettings['expose'];
  readonly report: (problem: Problem) => void;
}

/** How the one port of a component that visitors reach is published: by the setting `expose`, or else at this port. */
export function singleExposure(publisher: Publisher, port: number | undefined): Exposure {
  const { name, environment, expose, report } = publisher;
  if (expose === undefined) return port === undefined ? { kind: 'internal' } : exposureAt(environment, port);
  if (!isByName(expose)) return expose;
  const write = 'one publication, such as hostPort(8080) or loadBalancer(80)';
  const sentence = `expose names ports, but ${name} is published at one: write ${write}`;
  report({ field: 'expose', got: Object.keys(expose).join(', '), write, sentence });
  return { kind: 'internal' };
}

/** The ports of a component, and how each is published: by the setting `expose`, or else by the prop `publish`. */
export function publishedPorts(
  publisher: Publisher,
  ports: readonly ListedPort[],
  publish: PortProps['publish'],
): Port[] {
  const { field, exposures } = chosenExposures(publisher, ports, publish);
  const strangers = [...exposures.keys()].filter((name) => !ports.some((port) => port.name === name));
  for (const stranger of strangers) publisher.report(unknownPort(publisher.name, field, stranger, ports));
  return ports.map((port) => ({ ...port, exposure: exposures.get(port.name) ?? { kind: 'internal' } }));
}

/** The problem of a port that a component does not have. */
export function unknownPort(
  component: string,
  field: string,
  got: string,
  ports: readonly ListedPort[],
): Problem {
  const write = `one of ${ports.map(({ name }) => name).join(', ')}`;
  return {
    field,
    got,
    write,
    sentence: `${field} names the port ${quoted(got)}, which ${component} does not have: write ${write}`,
  };
}

/** How ports are published, by their names, and the field that says it. One publication without a name is of the main port. */
function chosenExposures(
  { environment, expose }: Publisher,
  [main]: readonly ListedPort[],
  publish: PortProps['publish'],
): { readonly field: string; readonly exposures: ReadonlyMap<string, Exposure> } {
  const ofMain = (exposure: Exposure) => new Map(main ? [[main.name, exposure]] : []);
  if (expose !== undefined) {
    const exposures = isByName(expose) ? new Map(Object.entries(expose)) : ofMain(expose);
    return { field: 'expose', exposures };
  }
  const at = (port: number): Exposure => exposureAt(environment, port);
  const exposures =
    typeof publish === 'number'
      ? ofMain(at(publish))
      : new Map(Object.entries(publish ?? {}).map(([name, port]) => [name, at(port)]));
  return { field: 'publish', exposures };
}

function exposureAt({ publishesAt: kind }: Publisher['environment'], port: number): Exposure {
  return kind === 'host-port' ? { kind, port, address: '0.0.0.0' } : { kind, port };
}
