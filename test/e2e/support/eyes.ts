import { publications } from '../../../constructs/model/publication';
import type { ApplicationModel, Workload } from '../../../constructs/model/workload';
import { componentOf, containersOf, docker, type Container } from './engine';
import { cisFindings, everywhere, noLimitOfProcesses } from './hardening';
import { excuses, reachedOnEngine, sorted, type Reached } from './isolation';
import { described, type Whereabouts } from './model';
import type { Target } from './probe';
import { reach, type Tried } from './reach';
import { withOutsider } from './requirements';
import { Surroundings } from './surroundings';

/** An application that is up on the engine. */
export interface OnEngine extends Whereabouts {
  /** Comes before the names of its containers, networks and volumes. */
  readonly project: string;
  readonly by: 'compose' | 'Pulumi';
}

/** What every application on an engine is seen as by those who look for a way in or out. */
export function hostileEyesOnEngine(where: () => OnEngine): void {
  test('section 5 of the CIS Docker Benchmark finds nothing in any container but what is stated', () =>
    expectNoFindings(where()));

  fromEveryContainer(
    'exactly the references can be connected to, and what is stated that cannot be closed',
    where,
  );
}

/**
 * Tries to connect from inside every container to everything that is there.
 * @param change what is done before, to the program of the stack and to what is deployed
 */
export function fromEveryContainer(
  title: string,
  where: () => OnEngine,
  change: () => Promise<unknown> = () => Promise.resolve(),
): void {
  withOutsider('from inside every container', () => {
    const surroundings = new Surroundings();
    beforeAll(() => surroundings.start());
    afterAll(() => surroundings.stop());

    test(title, async () => {
      await change();
      await expectReferencesAlone(where(), surroundings);
    });
  });
}

/** Every container, those that have ended included, against section 5 of the CIS Docker Benchmark. */
export async function expectNoFindings(where: OnEngine): Promise<void> {
  const { model } = await described(where);
  const containers = await containersOf(where.project);
  const findings = containers.map((container) => ({ name: container.Name, found: cisFindings(container) }));
  expect(findings).toEqual(
    containers.map((container) => ({
      name: container.Name,
      found: statedFindings(container, model, where.by),
    })),
  );
  const names = model.workloads.map(({ name }) => name);
  expect(containers.map(componentOf)).toEqual(expect.arrayContaining(names));
}

async function expectReferencesAlone(where: OnEngine, surroundings: Surroundings): Promise<void> {
  const { model, notes } = await described(where);
  const note = notes.find(({ field }) => field === 'connections')?.note ?? '';
  expect(excuses(model).filter((excuse) => !note.includes(excuse))).toEqual([]);
  const containers = await containersOf(where.project);
  const helpers = containers.filter((container) => !workloadOf(container, model));
  expect(helpers.map(({ HostConfig }) => HostConfig.NetworkMode)).toEqual(helpers.map(() => 'none'));
  const tries = model.workloads.flatMap((workload) => {
    const [first] = containers.filter((container) => workloadOf(container, model) === workload);
    return first ? [fromContainer(workload, first, { model, containers, surroundings })] : [];
  });
  const results = await Promise.all(tries);
  expect(results.map(({ got }) => got)).toEqual(results.map(({ expected }) => expected));
  expect(results.map(({ got }) => got.from)).toEqual(model.workloads.map(({ name }) => name));
}

function workloadOf(container: Container, { workloads }: ApplicationModel): Workload | undefined {
  return workloads.find(({ name }) => name === componentOf(container));
}

/** What the model and the lowering's notes say that is found in a container. */
function statedFindings(container: Container, model: ApplicationModel, by: OnEngine['by']): string[] {
  const workload = workloadOf(container, model);
  // @pulumi/docker has no input for it.
  const processes = by === 'Pulumi' ? [noLimitOfProcesses] : [];
  if (workload)
    return [
      ...processes,
      ...publications(workload).flatMap(({ exposure }) =>
        exposure.kind === 'host-port' && exposure.address === '0.0.0.0' ? [everywhere(exposure.port)] : [],
      ),
    ];
  // Gives a volume to the user of another, which root alone can do, and ends.
  if (/[.-]volumes(?:-\d+)?$/.test(container.Name))
    return ['is root', 'adds the capability CHOWN', ...processes];
  // Takes files that an engine brings into no container whose root is read-only. Pulumi's never starts.
  return [...(by === 'Pulumi' ? ['is root'] : []), 'can write to its root', ...processes];
}

interface Scene {
  readonly model: ApplicationModel;
  readonly containers: readonly Container[];
  readonly surroundings: Surroundings;
}

interface Result {
  readonly expected: Reached & { readonly from: string };
  readonly got: Reached & { readonly from: string };
}

async function fromContainer(workload: Workload, container: Container, scene: Scene): Promise<Result> {
  const { Networks } = container.NetworkSettings;
  const gateways = Object.values(Networks).flatMap(({ Gateway }) => (Gateway === '' ? [] : [Gateway]));
  const around = await scene.surroundings.targets(gateways);
  const own = ownOf(container, workload);
  const targets = { own, ...othersOf(container, scene), around };
  const labels = around.map(({ label }) => label);
  const expected = {
    from: workload.name,
    own: sorted(own.map(({ label }) => label)),
    ...reachedOnEngine(workload, scene.model, labels),
  };
  const seen = await inNetworkOf(container, (process_) => reach(process_, targets, expected, ['open']));
  return { expected, got: { from: workload.name, ...seen } };
}

function ownOf({ State }: Container, { ports }: Workload): Target[] {
  if (State.Status !== 'running') return [];
  const proof = { kind: 'arrival', processes: [State.Pid] } as const;
  return ports.map(({ number }) => ({
    ...{ label: String(number), host: '127.0.0.1', port: number, protocol: 'tcp', proof },
  }));
}

/** The ports of all other containers that run, by name and at every address. */
function othersOf({ Id }: Container, { model, containers }: Scene): Pick<Tried, 'byName' | 'byAddress'> {
  const running = containers.filter((other) => other.Id !== Id && other.State.Status === 'running');
  const targets = running.flatMap((other) => {
    const workload = workloadOf(other, model);
    const processes = running
      .filter((one) => componentOf(one) === workload?.name)
      .map(({ State }) => State.Pid);
    const addresses = Object.values(other.NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
    return (workload?.ports ?? []).map(({ number }) => ({
      to: (host: string): Target => ({
        label: `${workload?.name}:${number}`,
        ...{ host, port: number, protocol: 'tcp', proof: { kind: 'arrival', processes } },
      }),
      name: componentOf(other),
      addresses: addresses.filter((address) => address !== ''),
    }));
  });
  return {
    byName: targets.map(({ to, name }) => to(name)),
    byAddress: targets.flatMap(({ to, addresses }) => addresses.map(to)),
  };
}

/** A container that has ended has no network: one that waits stands in for it, in the same networks. */
async function inNetworkOf<Found>(
  { Name, State, NetworkSettings }: Container,
  ask: (process_: number) => Promise<Found>,
): Promise<Found> {
  if (State.Status === 'running') return ask(State.Pid);
  const name = `${Name.slice(1)}-eyes`;
  const [first = 'none', ...others] = Object.keys(NetworkSettings.Networks);
  try {
    await docker('run', '--detach', '--name', name, '--network', first, 'python:3.13-slim', 'sleep', '600');
    for (const network of others) await docker('network', 'connect', network, name);
    return await ask(Number(await docker('inspect', '--format', '{{.State.Pid}}', name)));
  } finally {
    await docker('rm', '--force', name);
  }
}
