import { isAbsolute, join, posix } from 'node:path';
import type { Construct } from 'constructs';
import { buildImage } from './build';
import { checkProps, Component } from './component';
import { containerShape, type ContainerProps } from './container-props';
import type { Setting } from '../environment/settings';
import { isFolder } from '../values/files';
import { toExceptions } from '../model/exception';
import type { ImageModel } from '../model/image';
import type { Connection, Exposure } from '../model/network';
import { componentPath } from '../model/path';
import type { BindMount, Folder, Scratch } from '../model/storage';
import { fillTemplate, plain, secretsOf, type Template } from '../model/template';
import { Cpu, Duration, Size } from '../model/units';
import type { Deadline, Dependency, Workload } from '../model/workload';
import { sortedEntries } from '../model/sorted';
import { allocation, toAutoscaling, type Autoscale } from '../values/sizing';
import { toUser } from '../values/user';
import { Json } from '../values/json';
import { Reference, type Origin } from '../values/reference';
import { Secret, SecretFile } from '../values/secret';
import { secretFolders, secretsIn, valueProblem, type EnvironmentValue } from '../values/variable';
import { Text } from '../values/text';

/** The fields of a workload that a component sets itself; {@link ContainerComponent.workload} sets the others. */
export type WorkloadFields = Partial<Omit<Workload, 'name' | 'image' | 'variables' | 'cpu' | 'memory'>> &
  Pick<Workload, 'run'>;

/** The default folder for temporary files. */
export const defaultScratch: Scratch = { path: '/tmp', size: Size.mebibytes(64), medium: 'disk' };

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
    return secretsIn(this.variables).flatMap(({ key, random }) => (random ? [key] : []));
  }

  /**
   * The workload of this component. Each value comes from the first of these that has it: `fields`, the settings of the
   * environment, the props, the defaults. Secret files, dependencies and connections in `fields` are added to those of
   * the props.
   */
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
      variables: this.variableTemplates(variables),
      files: this.folders(),
      volumes: [],
      bindMounts: this.bindMounts(),
      scratch: container.scratch ?? [defaultScratch],
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

  /** The replicas and the autoscaling: the settings of the environment, or else these values of the component. */
  protected scaling(replicas: number, autoscale?: Autoscale): Pick<Workload, 'replicas' | 'autoscaling'> {
    const chosen = this.settings.autoscale ?? autoscale ?? 'off';
    return { replicas: this.settings.replicas ?? replicas, autoscaling: toAutoscaling(chosen) };
  }

  /** How the component is published: the setting `expose` of the environment, or else this port of the component. */
  protected exposure(port: number | undefined): Exposure {
    if (this.settings.expose) return this.settings.expose;
    if (port === undefined) return { kind: 'internal' };
    const { publishesAt: kind } = this.application.environment;
    return kind === 'host-port' ? { kind, port, address: '0.0.0.0' } : { kind, port };
  }

  /** Whether a component is in this application. Reports an issue if not: this component cannot use it. */
  private requireSameApplication(component: Origin, field: string): boolean {
    if (component.application === this.application) return true;
    this.report({
      field,
      got: componentPath(component.application.name, component.name),
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

  private variableTemplates(variables: Readonly<Record<string, EnvironmentValue>>): Record<string, Template> {
    return Object.fromEntries(
      sortedEntries(variables).map(([name, value]) => [name, this.variable(`env.${name}`, value)]),
    );
  }

  private variable(field: string, value: EnvironmentValue): Template {
    if (value instanceof Secret) return [{ secret: value.key }];
    if (value instanceof SecretFile) return plain(value.path);
    if (value instanceof Reference)
      return this.requireSameApplication(value.component, field) ? value.template : plain('');
    const text = value instanceof Json ? value.text : String(value);
    const write = valueProblem(value);
    if (write !== undefined) this.report({ field, got: text, write });
    return plain(text);
  }

  private dependencies(references: readonly Reference[]): Dependency[] {
    const referenced = references.filter(({ connection }) => connection.kind === 'workload');
    const components = [...referenced.map(({ component }) => component), ...(this.container.waitsFor ?? [])];
    return components
      .filter((component) => this.requireSameApplication(component, 'waitsFor'))
      .flatMap((component) => component.dependency());
  }

  private bindMounts(): BindMount[] {
    const sources = [...(this.container.bindMounts ?? []), ...(this.settings.bindMounts ?? [])];
    return sources.map(({ folder, path, access }) => {
      const resolved = join(this.application.folder, folder);
      const write = "a folder that exists, relative to the application's folder";
      if (isAbsolute(folder)) this.report({ field: 'bindMounts', got: folder, write });
      else if (!isFolder(resolved)) this.report({ field: 'bindMounts', got: resolved, write });
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
    const secrets = secretsOf(content.template).join(', ');
    const write =
      'it in an environment variable, because everybody who can read the configuration can read the file';
    const sentence = `files ${path} contains the secret ${secrets}: use ${write}`;
    if (secrets !== '') this.report({ field: `files ${path}`, got: secrets, write, sentence });
    return fillTemplate(content.template, new Map());
  }
}

// Stateful workloads are replaced in place, so there is no previous release to keep. Scheduled runs have a timeout.
function deadlineOf(run: Workload['run'], deadline: Duration | undefined): Deadline {
  if (deadline !== undefined) return { kind: 'after', time: deadline };
  if (run === 'stateful' || run === 'scheduled') return { kind: 'none' };
  return { kind: 'after', time: Duration.minutes(run === 'once' ? 30 : 10) };
}

/** The permission to connect to a component of the same application. */
export function connectionTo(component: Component, port: number): Connection {
  return { kind: 'workload', workload: component.name, port };
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
