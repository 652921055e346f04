import { isAbsolute, join, posix } from 'node:path';
import type { Construct } from 'constructs';
import { buildImage } from '../compile/build';
import { Component, requireProps } from './component';
import type { Setting } from '../environment/settings';
import { isFolder } from '../compile/files';
import type { ImageSource } from '../values/image';
import { toExceptions } from '../model/exception';
import type { ImageModel } from '../model/image';
import type { Connection, Exposure } from '../model/network';
import type { BindMount, Folder, Scratch } from '../model/storage';
import { fillTemplate, plain, secretsOf, type Template } from '../model/template';
import { Cpu, Duration, Size } from '../model/units';
import type { Deadline, Dependency, Workload } from '../model/workload';
import { sortedEntries } from '../model/sorted';
import { allocation, toAutoscaling, type Amount, type Autoscale } from '../values/sizing';
import type { BindMountSource } from '../values/storage';
import { toUser, type UserProps } from '../values/user';
import { Json } from '../values/json';
import { Reference, type Origin } from '../values/reference';
import { Secret, SecretFile } from '../values/secret';
import { secretFolders, secretsIn, valueProblem, type EnvironmentValue } from '../values/variable';
import { Text } from '../values/text';

/** What every component that runs a program of one's own takes. */
export interface ContainerProps {
  readonly image: ImageSource;
  /** The program and its first arguments. @default the image's entrypoint */
  readonly command?: readonly string[];
  /** What the program is given. @default the image's */
  readonly args?: readonly string[];
  /** Environment variables. @default none */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /** Files by absolute path; their folder holds nothing else. @default none */
  readonly files?: Readonly<Record<string, string | Text>>;
  /** @default 100 millicores requested, 500 at most */
  readonly cpu?: Amount<Cpu>;
  /** @default 256 MiB */
  readonly memory?: Amount<Size>;
  /** The most processes and threads at once. @default 256 */
  readonly processes?: number;
  /** @default 10001:10001 */
  readonly user?: UserProps;
  /** Writable folders that start empty; the rest is read-only. @default 64 MiB at /tmp */
  readonly scratch?: readonly Scratch[];
  /**
   * Folders of the host, for development on Docker; an environment can add some as well, so that the others
   * stay without. @default none
   */
  readonly bindMounts?: readonly BindMountSource[];
  /** Components to wait for besides those that are referenced. @default none */
  readonly waitsFor?: readonly Component[];
  /** Time to finish what is under way before the process is killed. @default 20 s */
  readonly grace?: Duration;
  /**
   * Policies that are wrong for this component, by name, and why: `catamaran check` tells instead of failing.
   * An environment can add some. @default none
   */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** Time for a release to be ready or done; else it stops, and the one before goes on. @default 10 min, and 30 to be done */
  readonly deadline?: Duration;
}

/** What a component adds to the workload that {@link ContainerComponent.workload} makes of its props. */
export type WorkloadFields = Partial<Omit<Workload, 'name' | 'image' | 'environment' | 'cpu' | 'memory'>> &
  Pick<Workload, 'run'>;

/** Default folder for temporary files. */
export const temporary: Scratch = { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' };

/** A component that runs one program: the shared way from props to a workload. */
export abstract class ContainerComponent extends Component {
  constructor(
    scope: Construct,
    id: string,
    private readonly container: ContainerProps,
  ) {
    requireProps(scope, id, container, "an object, such as { image: 'api:1.0' }");
    super(scope, id);
  }

  override get acceptedSettings(): readonly Setting[] {
    return ['cpu', 'memory', 'env', 'overrides', 'bindMounts', 'exceptions'];
  }

  override get randomSecrets(): readonly string[] {
    return secretsIn(this.variables).flatMap(({ key, random }) => (random ? [key] : []));
  }

  /** Chooses every default that the component leaves open. */
  protected workload(fields: WorkloadFields): Workload {
    const { container, settings, variables } = this;
    const references = [
      ...sortedEntries(variables)
        .map(([, value]) => value)
        .filter((value) => value instanceof Reference),
      ...sortedEntries(container.files ?? {}).flatMap(([, file]) =>
        file instanceof Text ? file.references : [],
      ),
    ];
    return {
      name: this.name,
      image: this.image(),
      entrypoint: container.command ?? [],
      arguments: container.args ?? [],
      variables: this.environment(variables),
      files: this.folders(),
      volumes: [],
      bindMounts: this.bindMounts(),
      scratch: container.scratch ?? [temporary],
      user: toUser(container.user),
      ports: [],
      exposure: { kind: 'internal' },
      routes: [],
      tls: { kind: 'none' },
      schedule: { kind: 'none' },
      replicas: 1,
      autoscaling: { kind: 'none' },
      cpu: allocation(
        settings.cpu ?? container.cpu ?? { request: Cpu.millicores(100), limit: Cpu.millicores(500) },
      ),
      memory: allocation(settings.memory ?? container.memory ?? Size.mebibytes(256)),
      processes: container.processes ?? 256,
      readiness: { kind: 'none' },
      liveness: { kind: 'none' },
      gate: { kind: 'none' },
      grace: container.grace ?? Duration.seconds(20),
      deadline: deadlineOf(fields.run, container.deadline),
      exceptions: toExceptions({ ...container.exceptions, ...settings.exceptions }),
      ...fields,
      secretFiles: [...secretFolders(variables), ...(fields.secretFiles ?? [])],
      after: unique([...this.dependencies(references), ...(fields.after ?? [])]),
      connections: unique([...references.map(({ connection }) => connection), ...(fields.connections ?? [])]),
    };
  }

  /** The environment's word on replicas, or the component's. */
  protected scaling(replicas: number, autoscale?: Autoscale): Pick<Workload, 'replicas' | 'autoscaling'> {
    const chosen = this.settings.autoscale ?? autoscale ?? 'off';
    return { replicas: this.settings.replicas ?? replicas, autoscaling: toAutoscaling(chosen) };
  }

  /** The environment's word on how the component is published, or the application's. */
  protected exposure(port: number | undefined): Exposure {
    if (this.settings.expose) return this.settings.expose;
    if (port === undefined) return { kind: 'internal' };
    return this.application.environment.target === 'docker'
      ? { kind: 'host-port', port, address: '0.0.0.0' }
      : { kind: 'load-balancer', port };
  }

  /** Reports a component of another application: nothing can connect to it or wait for it. */
  protected isOwn(component: Origin, field: string): boolean {
    if (component.application === this.application) return true;
    this.report({
      field,
      got: `${component.application.name}/${component.name}`,
      write: `a component of ${this.application.name}, or an external service`,
    });
    return false;
  }

  private get variables(): Readonly<Record<string, EnvironmentValue>> {
    return { ...this.container.env, ...this.settings.env };
  }

  private image(): ImageModel {
    const source = this.container.image;
    if (typeof source === 'string') return { kind: 'reference', reference: source };
    return buildImage(this.application, source, (issue) => {
      this.report({ field: 'image', ...issue });
    });
  }

  private environment(variables: Readonly<Record<string, EnvironmentValue>>): Record<string, Template> {
    return Object.fromEntries(
      sortedEntries(variables).map(([name, value]) => [name, this.variable(`env.${name}`, value)]),
    );
  }

  private variable(field: string, value: EnvironmentValue): Template {
    if (value instanceof Secret) return [{ secret: value.key }];
    if (value instanceof SecretFile) return plain(value.path);
    if (value instanceof Reference) return this.isOwn(value.component, field) ? value.template : plain('');
    const text = value instanceof Json ? value.text : String(value);
    const write = valueProblem(value);
    if (write !== undefined) this.report({ field, got: text, write });
    return plain(text);
  }

  private dependencies(references: readonly Reference[]): Dependency[] {
    const referenced = references.filter(({ connection }) => connection.kind === 'workload');
    const components = [...referenced.map(({ component }) => component), ...(this.container.waitsFor ?? [])];
    return components
      .filter((component) => this.isOwn(component, 'waitsFor'))
      .flatMap((component) => component.dependency());
  }

  private bindMounts(): BindMount[] {
    const sources = [...(this.container.bindMounts ?? []), ...(this.settings.bindMounts ?? [])];
    return sources.map(({ folder, path, access }) => {
      const found = join(this.application.folder, folder);
      const write = 'a folder that is there, relative to the application';
      if (isAbsolute(folder)) this.report({ field: 'bindMounts', got: folder, write });
      else if (!isFolder(found)) this.report({ field: 'bindMounts', got: found, write });
      return { folder, path, access: access ?? 'read-only' };
    });
  }

  private folders(): Folder[] {
    const folders = new Map<string, Record<string, string>>();
    for (const [path, content] of sortedEntries(this.container.files ?? {})) {
      const folder = posix.dirname(path);
      folders.set(folder, { ...folders.get(folder), [posix.basename(path)]: this.file(path, content) });
    }
    return [...folders].map(([path, files]) => ({ path, files }));
  }

  private file(path: string, content: string | Text): string {
    if (typeof content === 'string') return content;
    const secrets = secretsOf(content.template);
    if (secrets.length > 0)
      this.report({
        field: `files ${path}`,
        got: `the secret ${secrets.join(', ')}`,
        write: 'it into a variable: everybody who reads the configuration reads the file',
      });
    return fillTemplate(content.template, new Map());
  }
}

// What keeps data is replaced in its place, where nothing else could go on; a schedule has a time for each run.
function deadlineOf(run: Workload['run'], given: Duration | undefined): Deadline {
  if (given !== undefined) return { kind: 'after', time: given };
  if (run === 'stateful' || run === 'scheduled') return { kind: 'none' };
  return { kind: 'after', time: Duration.minutes(run === 'once' ? 30 : 10) };
}

/** The permission to connect to a workload of the same application. */
export function connectionTo(component: Component, port: number): Connection {
  return { kind: 'workload', workload: component.name, port };
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
