import { resolve } from 'node:path';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { secretsOf } from '../../constructs/model/template';
import { IssuesError } from '../../constructs/issue';
import type { DockerSpec } from '../../constructs/environment/docker';
import { toSeconds } from '../../constructs/model/units';
import { secretOf, type Deployment } from '../../constructs/target/deployment';
import { contentHash, keyedHash } from '../../constructs/target/hash';
import { leftovers } from './leftovers';
import { labelsOf, pulumiOptions } from '../engine-options';
import { requireBuilt } from './built-already';
import { commandsAt, type Commands } from './commands';
import { megabytes, processors } from './engine-units';
import { engineOf, type Label } from './engine';
import { dataVolume, dataVolumes } from './data-volume';
import type { Filled } from './fill';
import { filledFolders } from './filled-folders';
import { healthcheckOf } from './healthcheck';
import { copyFolders } from './image-folders';
import { processOptions } from './process';
import { imagesIn } from './images';
import { succeeded, type Ready } from './ended';
import { capabilitiesOf, variablesOf } from './program';
import { sharedData, sharedMounts, type SharedData } from './shared-volumes';
import { unfillable } from './unfillable';
import { setVolumeOwner, type MountedVolume } from './volume-owner';
import { groupsOf, isShareable, unowned, userOf, type Container } from '../container';
import { pulumiRestrictions, tmpfsOptions } from '../restrictions';
import { network } from './network';
import type { DockerPlan } from '../plan';
import { isNamedWhenHealthy, namesOf, released } from './release';

/**
 * Registers the networks, volumes, images and containers of a plan with Pulumi.
 * @throws IssuesError if files are where Pulumi cannot put them; then nothing is registered
 */
export async function applyDocker(plan: DockerPlan, deployment: Deployment<DockerSpec>): Promise<void> {
  const refused = deployment.command === 'up' ? unfillable(deployment.application, plan) : [];
  if (refused.length > 0) throw new IssuesError(refused);
  await requireBuilt(plan, deployment);
  const pulled = plan.containers.flatMap(({ image, builds, toolbox }) =>
    [...(builds.length === 0 ? [image] : []), toolbox].filter((name) => name !== ''),
  );
  const registries = await deployment.registriesOf(pulled);
  new DockerApplier(plan, deployment, registries).run();
}

class DockerApplier {
  private readonly options: pulumi.CustomResourceOptions;
  private readonly networks: ReadonlyMap<string, docker.Network>;
  private readonly mark: Label;
  private readonly image: (container: Pick<Container, 'image' | 'builds'>) => pulumi.Resource;
  private readonly commands: Commands;
  private readonly secret: (name: string) => pulumi.Output<string>;
  private readonly key: pulumi.Output<string>;
  private readonly shared: ReadonlyMap<string, SharedData>;

  constructor(
    private readonly plan: DockerPlan,
    private readonly deployment: Deployment<DockerSpec>,
    registries: readonly string[],
  ) {
    const { environment, folder, run, changes, values } = deployment;
    const { host } = environment;
    this.commands = commandsAt(host, run);
    this.secret = secretOf(values);
    this.key = values.kind === 'known' ? values.key : pulumi.output('');
    const clear = leftovers(host, run, changes ? 'remove' : 'warn');
    const { provider, mark } = engineOf({ host, registries, clear });
    this.options = { provider };
    this.mark = mark;
    this.image = imagesIn(plan.containers, folder, this.options);
    this.shared = sharedData(plan, {
      ...{ mark, options: this.options, image: this.image, waits: deployment.waits },
      volume: (name) => dataVolume(name, this.name(name), environment, this.options),
    });
    this.networks = new Map(
      plan.networks.map((one) => [one.name, network(one, this.name(one.name), mark, this.options)]),
    );
  }

  run(): void {
    const ready = new Map<string, Ready[]>();
    for (const container of this.plan.containers) {
      const before = container.after.flatMap(({ name }) => ready.get(name) ?? []);
      ready.set(container.name, this.workload(container, before));
    }
  }

  private name(part: string): string {
    return `${this.plan.project}-${part}`;
  }

  /** Registers the containers of a workload. Returns what its dependents wait for. */
  private workload(container: Container, before: Ready[]): Ready[] {
    const image = this.image(container);
    const options = { ...this.options, dependsOn: [image] };
    const { project } = this.plan;
    const { secret, key, mark } = this;
    const filled = filledFolders(container, { project, mark, secret, key, options });
    const shared = sharedMounts(container, this.shared);
    const { environment } = this.deployment;
    const data = dataVolumes(container, project, environment, this.options);
    const ownerless = unowned(data);
    const owner = ownerless.length > 0 ? [this.owner(container, ownerless)] : [];
    const dependsOn = [image, ...before, ...filled.map(({ filler }) => filler), ...owner, ...shared.owners];
    const content = this.hash(container, filled);
    const indexes = Array.from({ length: container.replicas }, (_, index) => index);
    const replicaNames = indexes.map((index) => this.name(`${container.name}-${index + 1}`));
    const replicas = replicaNames.map((name, index) => {
      const folders = copyFolders(container, index + 1, { project, mark: this.mark, options });
      return new docker.Container(
        name,
        {
          ...this.settings(container, name),
          // If no name is set here, Pulumi makes a name with a random suffix. So the new container of a release can run
          // beside the old one until it is healthy. Containers that cannot run beside each other, such as those with
          // data or published ports, keep their name.
          ...(!isShareable(container) && { name }),
          labels: [
            this.mark,
            { label: 'catamaran.project', value: project },
            { label: 'catamaran.workload', value: container.name },
            { label: 'catamaran.content', value: content },
            ...labelsOf(container.labels, container.engine),
          ],
          volumes: [
            ...data.map(({ volume, path }) => ({ volumeName: volume.name, containerPath: path })),
            ...folders.mounts,
            ...shared.volumes,
            ...container.binds.map(({ folder, path, readOnly }) => ({
              hostPath: resolve(this.deployment.folder, folder),
              containerPath: path,
              readOnly,
            })),
            ...filled.map(({ volume, path }) => ({
              volumeName: volume.name,
              containerPath: path,
              readOnly: true,
            })),
          ],
        },
        {
          ...this.options,
          dependsOn: [...dependsOn, ...folders.owner.map((made) => this.owned(container, made, 'folders'))],
          deleteBeforeReplace: !isShareable(container),
          replaceOnChanges: ['healthcheck', 'tmpfs', 'init'],
          // The engine does not tell the platform of a container as it was asked for. A change shows in the label
          // catamaran.content.
          ignoreChanges: ['platform'],
          additionalSecretOutputs: ['containerLogs'],
        },
      );
    });
    if (!this.deployment.waits) return replicas;
    const job = `${container.name}: the job`;
    if (container.run === 'once') return replicas.map((made) => succeeded(made, job));
    return released(
      container,
      replicas,
      namesOf(container, replicaNames, (part) => this.name(part)),
      this.commands,
    );
  }

  private owner(container: Container, volumes: readonly MountedVolume[]) {
    const { image, builds, toolbox } = container;
    const helper = toolbox === '' ? { image, builds } : { image: toolbox, builds: [] };
    const options = { ...this.options, dependsOn: [this.image(helper)] };
    const made = setVolumeOwner(container, volumes, { project: this.plan.project, mark: this.mark, options });
    return this.owned(container, made, 'volumes');
  }

  /** What a container waits for before it mounts folders that must get an owner. @param made the container that sets it */
  private owned({ name }: Container, made: docker.Container, of: string) {
    if (!this.deployment.waits) return made;
    return succeeded(made, `${name}: the container that sets the owner of its ${of}`);
  }

  /** The options of one replica. @param alias the name that only this replica has in its networks */
  private settings(
    container: Container,
    alias: string,
  ): Omit<docker.ContainerArgs, 'name' | 'labels' | 'volumes'> {
    const { networks, health, run, grace, tmpfs, engine } = container;
    const seconds = toSeconds({ milliseconds: grace });
    const [check] = health;
    return {
      image: container.image,
      ...(container.entrypoint.length > 0 && { entrypoints: [...container.entrypoint] }),
      ...(container.command.length > 0 && { command: [...container.command] }),
      envs: variablesOf(container, this.secret),
      user: userOf(container),
      ...(groupsOf(container).length > 0 && { groupAdds: groupsOf(container) }),
      ...(networks.length === 0
        ? { networkMode: 'none' }
        : {
            networksAdvanced: networks.map(({ network, aliases }) => ({
              name: this.networks.get(network.name)?.name ?? network.name,
              aliases: aliases.length > 0 && !isNamedWhenHealthy(container) ? [...aliases, alias] : [],
            })),
          }),
      ports: container.publish.map(({ port, target, address, protocol }) => ({
        internal: target,
        external: port,
        ip: address,
        ...(protocol && { protocol }),
      })),
      tmpfs: Object.fromEntries(tmpfs.map(({ path, size }) => [path, tmpfsOptions(size)])),
      cpus: processors(container.cpus),
      cpuShares: container.cpuShares,
      memory: megabytes(container.memory),
      memorySwap: megabytes(container.memory),
      memoryReservation: megabytes(container.memoryReservation),
      ...pulumiRestrictions(capabilitiesOf(container), engine.security),
      readOnly: container.readOnly,
      ...pulumiOptions(engine),
      ...processOptions(container),
      stopTimeout: seconds,
      destroyGraceSeconds: seconds,
      ...(check && { healthcheck: healthcheckOf(check) }),
      ...(container.imageHealth === 'off' && { healthcheck: { tests: ['NONE'] } }),
      ...(run === 'once'
        ? { restart: 'no', mustRun: false, attach: true, logs: true }
        : { restart: 'unless-stopped' }),
    };
  }

  /** A hash that changes with the options of a container, its files, or the values of its secrets. */
  private hash(
    {
      after: _after,
      replicas: _replicas,
      patience: _patience,
      toolbox: _toolbox,
      imageHealth: _imageHealth,
      ...container
    }: Container,
    filled: readonly Filled[],
  ) {
    const values = pulumi.all(secretsOf(Object.values(container.environment).flat()).map(this.secret));
    const parts = pulumi.all([this.key, values, pulumi.all(filled.map((one) => one.hash))]);
    const hashed = parts.apply(([key, secrets, files]) =>
      contentHash([container, secrets.length > 0 ? keyedHash(key, secrets) : 'no secrets', files]),
    );
    return pulumi.unsecret(hashed);
  }
}
