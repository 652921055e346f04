import type { Construct } from 'constructs';
import { connectionTo, ContainerComponent, type ContainerProps } from '../container';
import type { Setting } from '../../environment/settings';
import { managedReference } from '../external';
import { isHost } from '../../model/name';
import type { Template } from '../../model/template';
import type { Dependency, Workload } from '../../model/workload';
import { Reference } from '../../values/reference';
import { Secret } from '../../values/secret';

/** A component that keeps data, behind a password, and that a managed service can take the place of. */
export abstract class DataService extends ContainerComponent {
  /** Named after the component: `DATABASE_PASSWORD` for `database`. */
  readonly password: Secret;

  constructor(
    scope: Construct,
    id: string,
    private readonly port: number,
    container: ContainerProps,
  ) {
    super(scope, id, container);
    const { managed } = this.settings;
    if (managed && !isHost(managed.host))
      this.report({
        field: 'managed.host',
        got: managed.host,
        write: 'a host name or address, such as db.example.com',
      });
    this.password = Secret.random(`${id.toUpperCase().replaceAll('-', '_')}_PASSWORD`);
  }

  /** The whole connection URL, password included. */
  get url(): Reference {
    const { managed } = this.settings;
    const host = `${managed?.host ?? this.name}:${managed?.port ?? this.port}`;
    const template = this.template(host, managed !== undefined);
    if (managed) return managedReference(this, managed, this.port, template);
    return new Reference(this, template, connectionTo(this, this.port));
  }

  /** Whoever runs a managed service has chosen its password. */
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
    return this.settings.managed ? [] : [this.ownWorkload()];
  }

  /** The connection URL for a host and port; with TLS where the service is managed. */
  protected abstract template(host: string, managed: boolean): Template;

  /** The workload that runs where no managed service has its place. */
  protected abstract ownWorkload(): Workload;
}
