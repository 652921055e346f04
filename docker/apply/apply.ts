import { resolve } from 'node:path';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { unique } from '../../constructs/model/sorted';
import { fillTemplate, secretsOf } from '../../constructs/model/template';
import { keepsData } from '../../constructs/environment/environment';
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
import { fillVolume, type Filled } from './fill';
import { healthcheckOf } from './healthcheck';
import { copyFolders } from './image-folders';
import { imagesIn } from './images';
import { succeeded, type Ready } from './ended';
import { setVolumeOwner, type MountedVolume } from './volume-owner';
import {
  inboundOnly,
  isShareable,
  unowned,
  userOf,
  withoutHost,
  type Container,
  type Network,
} from '../container';
import { prefixed, pulumiRestrictions, tmpfsOptions } from '../restrictions';
import type { DockerPlan } from '../plan';
import { isNamedWhenHealthy, namesOf, released } from './release';

/** Registers the networks, volumes, images and containers of a plan with Pulumi. */
export async function applyDocker(plan: DockerPlan, deployment: Deployment<DockerSpec>): Promise<void> {
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
    this.networks = new Map(plan.networks.map((network) => [network.name, this.network(network)]));
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

  private network({ name, kind }: Network): docker.Network {
    const args = {
      edge: { internal: true, options: withoutHost },
      publish: { options: inboundOnly },
      outbound: {},
    }[kind];
    const labels = [this.mark];
    return new docker.Network(name, { name: this.name(name), labels, ...args }, this.options);
  }

  /** Registers the containers of a workload. Returns what its dependents wait for. */
  private workload(container: Container, before: Ready[]): Ready[] {
    const image = this.image(container);
    const options = { ...this.options, dependsOn: [image] };
    const { secret, key } = this;
    const hash = (content: unknown) => pulumi.output(contentHash(content));
    const { project } = this.plan;
    const needsProgram = container.toolbox !== '';
    const context = { project, mark: this.mark, image: container.image, needsProgram, hash, options };
    const hidden = { ...context, hash: (content: unknown) => key.apply((text) => keyedHash(text, content)) };
    const filled = [
      ...container.configs.map((folder) => fillVolume(folder, (content) => content, context)),
      ...container.secrets.map((folder) => fillVolume(folder, secret, hidden)),
    ];
    const data = container.volumes.map((volume) => ({ ...volume, volume: this.dataVolume(volume.name) }));
    const ownerless = unowned(data);
    const owner = ownerless.length > 0 ? [this.owner(container, ownerless)] : [];
    const dependsOn = [image, ...before, ...filled.map(({ filler }) => filler), ...owner];
    const content = this.hash(container, filled);
    const numbers = Array.from({ length: container.replicas }, (_, index) => index + 1);
    const replicaNames = numbers.map((number) => this.name(`${container.name}-${number}`));
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
            ...labelsOf(container.engine),
          ],
          volumes: [
            ...data.map(({ volume, path }) => ({ volumeName: volume.name, containerPath: path })),
            ...folders.mounts,
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
          dependsOn: [
            ...dependsOn,
            ...folders.owner.map((made) => this.owned(container, made, 'its folders')),
          ],
          deleteBeforeReplace: !isShareable(container),
          replaceOnChanges: ['healthcheck', 'tmpfs'],
          additionalSecretOutputs: ['containerLogs'],
        },
      );
    });
    if (!this.deployment.waits) return replicas;
    if (container.run === 'once')
      return replicas.map((made) => succeeded(made, `${container.name}: the job`));
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
    return this.owned(container, made, 'its volumes');
  }

  /** What a container waits for before it mounts folders that must get an owner. @param made the container that sets it */
  private owned({ name }: Container, made: docker.Container, of: string) {
    if (!this.deployment.waits) return made;
    return succeeded(made, `${name}: the container that sets the owner of ${of}`);
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
      envs: this.variables(container),
      user: userOf(container),
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
      ...pulumiRestrictions(capabilitiesFor(container)),
      readOnly: container.readOnly,
      logDriver: 'json-file',
      logOpts: { 'max-file': '3', 'max-size': '10m' },
      ...pulumiOptions(engine),
      stopTimeout: seconds,
      destroyGraceSeconds: seconds,
      ...(check && { healthcheck: healthcheckOf(check) }),
      ...(container.imageHealth === 'off' && { healthcheck: { tests: ['NONE'] } }),
      ...(run === 'once'
        ? { restart: 'no', mustRun: false, attach: true, logs: true }
        : { restart: 'unless-stopped' }),
    };
  }

  private variables({ environment }: Container): pulumi.Input<string>[] {
    return Object.entries(environment).map(([name, template]) => {
      const secrets = secretsOf(template);
      if (secrets.length === 0) return `${name}=${fillTemplate(template, new Map())}`;
      return pulumi.all(secrets.map(this.secret)).apply((values) => {
        const byName = new Map(secrets.map((secret, index) => [secret, values[index] ?? '']));
        return `${name}=${fillTemplate(template, byName)}`;
      });
    });
  }

  private dataVolume(name: string): docker.Volume {
    const retainOnDelete = keepsData(this.deployment.environment);
    return new docker.Volume(
      name,
      { name: this.name(name) },
      // The volume may exist already with another driver: ignore that, since replacing it would lose the data.
      { ...this.options, retainOnDelete, ignoreChanges: ['driver', 'driverOpts'] },
    );
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

// Those of an override are passed on as they are.
function capabilitiesFor({ capabilities, engine }: Container): string[] {
  return unique([...capabilities.map(prefixed), ...(engine.capabilities ?? [])]);
}
