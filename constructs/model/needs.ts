import { withoutLineBreaks } from '../issue';
import { listed } from './words';
import { lowPorts, rootCapabilities } from './privilege';
import { everyAddress, portText } from './network';
import type { Workload } from './workload';

/** What a need is: the prop that states it, and how to tell it from a workload. */
interface NeedRule {
  /** The prop of the component. */
  readonly field: string;
  /** What the workload needs, in words that go on after its name: `listens at port 80`; undefined if it does not. */
  readonly of: (workload: Workload) => string | undefined;
}

/**
 * What a component can ask for beyond the hardened defaults, by name. A component states it, the report and the summary
 * of a plan tell it, and an environment can forbid it with `forbid: ['low-ports']`.
 */
export const needs = {
  'low-ports': {
    field: 'port',
    of: (workload) => {
      const low = lowPorts(workload);
      return low.length === 0 ? undefined : `listens at port ${low.join(', ')}`;
    },
  },
  'no-password': {
    field: 'noPassword',
    of: ({ authentication }) =>
      authentication.kind === 'own' ? undefined : `asks for no password: ${authentication.reason.trim()}`,
  },
  'writable-root': {
    field: 'root',
    of: ({ root }) => (root === 'writable' ? 'can write to the folders of its image' : undefined),
  },
  'image-folders': {
    field: 'scratch',
    of: ({ scratch }) => {
      const folders = scratch.filter(({ content }) => content === 'image').map(({ path }) => path);
      return folders.length === 0 ? undefined : `writes to its own copy of ${listed(folders)}`;
    },
  },
  root: {
    field: 'runsAsRoot',
    of: ({ privilege }) =>
      privilege.kind === 'root' ? `runs as root, because ${withoutLineBreaks(privilege.reason)}` : undefined,
  },
  capabilities: {
    field: 'capabilities',
    of: ({ capabilities, privilege }) => {
      // Those that root has anyway are a part of the need for root.
      const usual = privilege.kind === 'root' ? rootCapabilities : [];
      const more = capabilities.filter((capability) => !usual.includes(capability));
      return more.length === 0 ? undefined : `may use the Linux capabilities ${listed(more)}`;
    },
  },
  'no-health': {
    field: 'health',
    of: ({ readiness, liveness }) => {
      const said = [readiness, liveness].find((health) => health.kind === 'none' && health.reason !== '');
      return said?.kind === 'none' ? `has no health check, because ${said.reason}` : undefined;
    },
  },
  internet: { field: 'internet', of: internetWords },
  'host-program': {
    field: 'HostProgram',
    of: ({ connections }) => {
      const programs = connections.flatMap((one) =>
        one.kind === 'host' ? [`${one.name} at port ${portText(one.port, one.protocol)}`] : [],
      );
      return programs.length === 0 ? undefined : `may connect to the Docker host, for ${programs.join(', ')}`;
    },
  },
} satisfies Readonly<Record<string, NeedRule>>;

/** The name of a need. */
export type NeedName = keyof typeof needs;

/** The names of all needs. */
export const needNames = Object.keys(needs) as readonly NeedName[];

/** Something that a workload needs. */
export interface Need {
  readonly name: NeedName;
  /** The prop of the component that states it. */
  readonly field: string;
  /** The need in words, such as `listens at port 80`. */
  readonly words: string;
}

/** What a workload needs beyond the hardened defaults, in the order of the table. */
export function needsOf(workload: Workload): Need[] {
  const rules: Readonly<Record<NeedName, NeedRule>> = needs;
  return needNames.flatMap((name) => {
    const { field, of } = rules[name];
    const words = of(workload);
    return words === undefined ? [] : [{ name, field, words }];
  });
}

function internetWords({ connections }: Workload): string | undefined {
  const open = connections.filter((one) => one.kind === 'internet');
  if (open.length === 0) return undefined;
  const ports = open.map(({ port, protocol }) => portText(port, protocol));
  const added = open.flatMap(({ addresses }) => addresses).filter((block) => !everyAddress.includes(block));
  const more = added.length === 0 ? '' : ` and to ${[...new Set(added)].join(', ')}`;
  return `may connect to every public address${more}, at port ${[...new Set(ports)].join(', ')}`;
}
