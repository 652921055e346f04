import type { Construct } from 'constructs';
import { connectionTo, ContainerComponent } from '../container';
import type { ContainerProps } from '../container-props';
import type { Setting } from '../../environment/settings';
import { managedReference } from '../external';
import { hostProblem } from '../../model/host-name';
import { isHost } from '../../model/name';
import type { Template } from '../../model/template';
import type { Dependency, Workload } from '../../model/workload';
import { Reference } from '../../values/reference';
import { Secret } from '../../values/secret';

/** A database, cache or search engine with a password. An environment can replace it with a managed service. */
export abstract class DataService extends ContainerComponent {
  /** The password. Its name comes from the component: `DATABASE_PASSWORD` for `database`. */
  readonly password: Secret;

  constructor(
    scope: Construct,
    id: string,
    private readonly port: number,
    container: ContainerProps,
  ) {
    super(scope, id, container);
    const { managed } = this.settings;
    if (managed && !isHost(managed.host)) {
      const write = hostProblem(managed.host) ?? 'a host name or IPv4 address, such as db.example.com';
      this.report({ field: 'managed.host', got: managed.host, write });
    }
    this.password = Secret.random(`${id.toUpperCase().replaceAll('-', '_')}_PASSWORD`);
  }

  /** The connection URL, with the password. */
  get url(): Reference {
    const { managed } = this.settings;
    const host = `${managed?.host ?? this.name}:${managed?.port ?? this.port}`;
    const template = this.template(host, managed !== undefined);
    if (managed) return managedReference(this, managed, this.port, template);
    return new Reference(this, template, connectionTo(this, this.port));
  }

  /** The password of a managed service exists already, so it cannot be generated. */
  override get randomSecrets(): readonly string[] {
    return [...super.randomSecrets, ...(this.settings.managed ? [] : [this.password.key])];
  }

  override dependency(): readonly Dependency[] {
    return this.settings.managed ? [] : super.dependency();
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'managed'];
  }

  toModel(): readonly Workload[] {
    return this.settings.managed ? [] : [this.serviceWorkload()];
  }

  /** The connection URL. @param host host name and port @param managed whether a managed service, with TLS, is used */
  protected abstract template(host: string, managed: boolean): Template;

  /** The workload, if there is no managed service. */
  protected abstract serviceWorkload(): Workload;
}
