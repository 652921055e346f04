import { closest } from '../closest';
import { linuxCapabilities, rootCapabilities, type Capability } from '../model/privilege';
import { unique } from '../model/sorted';
import type { Workload } from '../model/workload';
import { kindOf, optional, type Kind, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { object } from '../shape/object';
import { quoted, text } from '../shape/words';

/**
 * Why a program must run as root, and what it may do as root.
 *
 * @example { reason: 'the entrypoint makes its user the owner of the data, and becomes that user' }
 */
export interface RootProps {
  /** Why the program must run as root. Reviewers read it in the report. */
  readonly reason: string;
  /**
   * The Linux capabilities that it gets. Name fewer if it needs fewer. A supervisor that stops programs of other users also
   * needs `KILL`.
   * @default CHOWN, DAC_OVERRIDE, FOWNER, SETGID and SETUID
   * @example ['SETGID', 'SETUID']
   */
  readonly capabilities?: readonly Capability[];
}

const capability: Kind<Capability> = kindOf((value) => {
  if (linuxCapabilities.some((one) => one === value)) return undefined;
  const example = "the name of a Linux capability, such as 'NET_BIND_SERVICE'";
  if (typeof value !== 'string') return example;
  if (/^all$/i.test(value)) return 'the names of the capabilities that the program needs, each by itself';
  const near = closest(value.replace(/^cap_/i, ''), linuxCapabilities);
  return near === undefined ? example : quoted(near);
});

export const capabilitiesKind: Kind<readonly Capability[]> = listOf(capability, (value) =>
  typeof value === 'string' ? `[${quoted(value)}]` : "a list, such as ['NET_BIND_SERVICE']",
);

const rootShape: Shape<RootProps> = {
  reason: text('why the program must run as root'),
  capabilities: optional(capabilitiesKind),
};

const rootExample = "{ reason: 'the entrypoint becomes another user' }";

export const rootKind: Kind<RootProps> = object(rootShape, {
  title: 'a field of runsAsRoot',
  write: rootExample,
});

/** What a component says about the rights of its program. */
export interface Rights {
  readonly runsAsRoot: RootProps | undefined;
  readonly capabilities: readonly Capability[] | undefined;
}

/** The rights of a program in the model. */
export function toRights({
  runsAsRoot,
  capabilities = [],
}: Rights): Pick<Workload, 'privilege' | 'capabilities'> {
  if (!runsAsRoot) return { privilege: { kind: 'none' }, capabilities: unique(capabilities) };
  const { reason, capabilities: ofRoot = rootCapabilities } = runsAsRoot;
  return { privilege: { kind: 'root', reason }, capabilities: unique([...ofRoot, ...capabilities]) };
}
