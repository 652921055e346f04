import type { Construct } from 'constructs';
import { readBindMounts } from './bind-mounts';
import { BackendPort } from './backend-port';
import { buildImage } from './build';
import { checkProps, Component } from './component';
import { containerShape, type ContainerProps } from './container-props';
import { nodeDependencies } from './node-dependencies';
import { publishedPorts, singleExposure, type Publisher } from './published-ports';
import type { Setting } from '../environment/settings';
import type { Problem } from '../shape/kind';
import { contentsOf } from '../values/file';
import { toExceptions } from '../model/exception';
import { noCheck } from '../model/health';
import type { ImageModel } from '../model/image';
import type { Connection, Exposure, Port, Protocol } from '../model/network';
import { componentPath } from '../model/path';
import { Cpu, Duration, Size } from '../model/units';
import type { Dependency, Workload } from '../model/workload';
import { unique } from '../model/sorted';
import type { ListedPort, PortProps } from '../values/ports';
import { allocation, toAutoscaling, type Autoscale } from '../values/sizing';
import { toRights } from '../values/privilege';
import type { Origin } from '../values/reference';
import type { Secret } from '../values/secret';
import { toScratch, toVolumes, type ScratchSource, type VolumeProps } from '../values/storage';
import { secretFolders, secretsIn, type EnvironmentValue, type UsedReference } from '../values/variable';
import { readContents, secretFileValues } from './contents';
import { toSharedMounts } from './shared-volume';
import { deadlineOf } from './deadline';
import { plainTextsOf, type PlainText } from './plain-text';
import { processOf } from './process';
import { shellOf } from './shell';
import { startingUser } from './starting-user';
import { toInternet } from './internet';
import { sharedProps } from './volume-owners';

/** The fields of a workload that a component sets itself; {@link ContainerComponent.workload} sets the others. */
export type WorkloadFields = Partial<
  Omit<Workload, 'name' | 'image' | 'shell' | 'variables' | 'cpu' | 'memory'>
> &
  Pick<Workload, 'run'>;

/** The default folder for temporary files. */
export const defaultScratch: ScratchSource = { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' };

/**
 * A component that runs one program in a container.
 *
 * @throws IssuesError if the props are missing
 */
export abstract class ContainerComponent extends Component {
  private readonly container: ContainerProps;

  constructor(scope: Construct, id: string, container: ContainerProps) {
    const checked = checkProps(scope, id, container, {
      of: new.target.name,
      shape: containerShape,
      write: "an object, such as { image: 'api:1.0' }",
    });
    super(scope, id);
    this.container = checked;
  }

  override get acceptedSettings(): readonly Setting[] {
    return ['cpu', 'memory', 'env', 'overrides', 'bindMounts', 'exceptions'];
  }

  override get randomSecrets(): readonly string[] {
    return this.namedSecrets.flatMap(({ key, random }) => (random ? [key] : []));
  }

  override get namedSecrets(): readonly Secret[] {
    const { files, secretFiles } = this.container;
    return secretsIn({ ...this.variables, ...contentsOf(files), ...secretFileValues(secretFiles) });
  }

  /**
   * The workload of this component. Each value comes from the first of these that has it: `fields`, the settings of the
   * environment, the props, the defaults. Secret files, dependencies and connections in `fields` are added to those of
   * the props.
   */
  protected workload(fields: WorkloadFields): Workload {
    const { application, container, settings, variables } = this;
    const report = (issue: Problem) => {
      this.report(issue);
    };
    const { files = {}, secretFiles = {} } = container;
    const contents = readContents(
      { variables, files, secretFiles },
      {
        report,
        isUsable: (component, field) => this.requireSameApplication(component, field),
      },
    );
    const image = this.image();
    return {
      name: this.name,
      image,
      shell: shellOf(image, container.shell, application),
      entrypoint: container.command ?? [],
      arguments: container.args ?? [],
      variables: contents.variables,
      files: contents.files,
      addedSecrets: contents.addedSecrets,
      fileModes: contents.fileModes,
      sharedVolumes: toSharedMounts(container.sharedVolumes, (volume) =>
        this.requireSameApplication(volume, 'sharedVolumes'),
      ),
      volumes: [],
      bindMounts: readBindMounts(
        [...(container.bindMounts ?? []), ...(settings.bindMounts ?? [])],
        application.folder,
        report,
      ),
      scratch: toScratch(container.scratch ?? [defaultScratch]),
      root: container.root ?? 'read-only',
      user: startingUser(container, report),
      ...toRights({ runsAsRoot: container.runsAsRoot, capabilities: container.capabilities }),
      ports: [],
      authentication: { kind: 'own' },
      ownName: 'service',
      routes: [],
      tls: { kind: 'none' },
      trustedProxies: [],
      schedule: { kind: 'none' },
      replicas: 1,
      autoscaling: { kind: 'none' },
      cpu: allocation(
        settings.cpu ?? container.cpu ?? { request: Cpu.millicores(100), limit: Cpu.millicores(500) },
      ),
      memory: allocation(settings.memory ?? container.memory ?? Size.mebibytes(256)),
      processes: container.processes ?? 256,
      readiness: noCheck,
      liveness: noCheck,
      gate: { kind: 'none' },
      grace: container.grace ?? Duration.seconds(20),
      deadline: deadlineOf(fields.run, container.deadline),
      ...processOf(container),
      exceptions: toExceptions({ ...container.exceptions, ...settings.exceptions }),
      ...fields,
      secretFiles: [...secretFolders({ ...variables, ...contentsOf(files) }), ...(fields.secretFiles ?? [])],
      after: unique([...this.dependencies(contents.used), ...(fields.after ?? [])]),
      connections: unique([
        ...contents.used.map(({ reference: { connection } }) => connection),
        ...toInternet(container.internet, report),
        ...(fields.connections ?? []),
      ]),
    };
  }

  /** The replicas and the autoscaling: the settings of the environment, or else these values of the component. */
  protected scaling(replicas: number, autoscale?: Autoscale): Pick<Workload, 'replicas' | 'autoscaling'> {
    const chosen = this.settings.autoscale ?? autoscale ?? 'off';
    return { replicas: this.settings.replicas ?? replicas, autoscaling: toAutoscaling(chosen) };
  }

  /** The volumes of the component, and how it runs. Reports an issue if another component has the same volumes. */
  protected storage(volumes: VolumeProps['volumes']): Pick<Workload, 'run' | 'volumes'> {
    const issue = sharedProps(this, volumes);
    if (issue) this.report(issue);
    return toVolumes(volumes);
  }

  /** How the one port of the component that visitors reach is published: by the setting `expose`, or else at this port. */
  protected exposure(port: number | undefined): Exposure {
    return singleExposure(this.publisher, port);
  }

  /** The ports, and how each is published: by the setting `expose` of the environment, or else by the prop. */
  protected publishedPorts(ports: readonly ListedPort[], publish: PortProps['publish']): Port[] {
    return publishedPorts(this.publisher, ports, publish);
  }

  private get publisher(): Publisher {
    const { name, settings, application } = this;
    return {
      name,
      environment: application.environment,
      expose: settings.expose,
      report: (issue) => {
        this.report(issue);
      },
    };
  }

  /** Whether a component is in this application. Reports an issue if not: this component cannot use it. */
  private requireSameApplication(component: Origin, field: string): boolean {
    if (!(component instanceof Component)) {
      this.report({ field, got: component, write: 'components, such as [database]' });
      return false;
    }
    if (component.application === this.application) return true;
    this.report({
      field,
      got: componentPath(component.application.name, component.name),
      write: `a component of ${this.application.name}, or an external service`,
    });
    return false;
  }

  override get connectsTo(): readonly (Component | BackendPort)[] {
    return (this.container.connectsTo ?? []).filter((one) =>
      this.requireSameApplication(one instanceof BackendPort ? one.component : one, 'connectsTo'),
    );
  }

  override get plainTexts(): readonly PlainText[] {
    return plainTextsOf(this.variables);
  }

  private get variables(): Readonly<Record<string, EnvironmentValue>> {
    return { ...this.container.env, ...this.settings.env };
  }

  private image(): ImageModel {
    const source = this.container.image;
    if (typeof source === 'string') return { kind: 'reference', reference: source };
    return buildImage(this.application, source, {
      report: (issue) => {
        this.report({ field: 'image', ...issue });
      },
      warn: (issue) => {
        this.warn({ field: 'image', ...issue });
      },
    });
  }

  private dependencies(used: readonly UsedReference[]): Dependency[] {
    const awaited = used.filter(({ waits, reference }) => waits && reference.connection.kind === 'workload');
    const named = (this.container.waitsFor ?? []).filter((component) =>
      this.requireSameApplication(component, 'waitsFor'),
    );
    const linked = nodeDependencies(this).filter((component) =>
      this.requireSameApplication(component, 'node.addDependency'),
    );
    return [...awaited.map(({ reference }) => reference.component), ...named, ...linked].flatMap(
      (component) => component.dependency(),
    );
  }
}

/** The permission to connect to a component of the same application. */
export function connectionTo(component: Component, port: number, protocol: Protocol = 'tcp'): Connection {
  return { kind: 'workload', workload: component.name, port, protocol };
}
