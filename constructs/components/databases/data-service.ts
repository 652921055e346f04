import type { Construct } from 'constructs';
import { connectionTo, ContainerComponent } from '../container';
import type { ContainerProps } from '../container-props';
import { atLoopback } from '../../environment/exposure';
import type { Setting } from '../../environment/settings';
import { externalConnection, managedHostProblem } from '../outside-host';
import { requireObject } from '../../issue';
import type { Connection, Exposure } from '../../model/network';
import { joined, plain, type Template } from '../../model/template';
import type { Dependency, Workload } from '../../model/workload';
import { PasswordReference, Reference, type AddressPart } from '../../values/reference';
import type { NoPassword } from '../../values/no-password';
import { Secret } from '../../values/secret';
import { checkFields } from '../../shape/object';
import { publicationProblem } from './store-publication';
import { connectionUrl, urlShape, type UrlForm, type UrlOptions } from './connection-url';

/** The user and the database of a store, as its clients name them. */
export interface StoreNames {
  readonly username: string;
  /** Empty if the store has no databases. */
  readonly database: string;
}

/** What a store passes on to the classes that it extends. */
export interface StoreProps {
  readonly container: ContainerProps;
  /** That it asks for no password. @default it has a password */
  readonly noPassword?: NoPassword | undefined;
}

/** The name of the secret with a password: `DATABASE_PASSWORD` for `database`. */
export function passwordSecret(...names: readonly string[]): string {
  return `${names.join('_').toUpperCase().replaceAll('-', '_')}_PASSWORD`;
}

/**
 * A database, cache or search engine with a password. An environment can replace it with a managed service. Each part
 * of its address is a reference: a component that uses it may connect to the store, and starts after it.
 */
export abstract class DataService extends ContainerComponent {
  /** The name of the password's secret: `DATABASE_PASSWORD` for `database`. */
  protected readonly passwordKey: string;
  private readonly noPassword: NoPassword | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly usualPort: number,
    { container, noPassword }: StoreProps,
  ) {
    super(scope, id, container);
    this.passwordKey = passwordSecret(id);
    this.noPassword = noPassword;
    const { managed } = this.settings;
    const write = managed && managedHostProblem(managed.host);
    if (write !== undefined) this.report({ field: 'managed.host', got: managed?.host, write });
    for (const name of ['username', 'database'] as const) this.checkManagedName(name, managed?.[name]);
  }

  /**
   * The connection URL, with the password. It requires TLS if the store is a managed service. If the managed service
   * has the secret `url`, it is that secret.
   */
  get url(): Reference {
    const { managed } = this.settings;
    return this.reference('url', managed?.url ? [{ secret: managed.url.key }] : this.composedUrl());
  }

  /**
   * The connection URL in the form that a driver wants. It is made of the parts of the address, also if a managed
   * service has the secret `url`: the password is then a secret of its own.
   *
   * An option that is wrong or unknown is reported as an issue.
   *
   * @throws IssuesError if the options are not an object
   * @example database.urlWith({ scheme: 'postgresql+asyncpg' })
   * @example database.urlWith({ scheme: 'jdbc:postgresql', query: { ApplicationName: 'shop' } })
   */
  urlWith(options: UrlOptions): Reference {
    return this.reference('url', this.composedUrl(this.checkedUrl(options)));
  }

  /** The host name and port, such as `database:5432`. */
  get endpoint(): Reference {
    const { host, port } = this.address;
    return this.reference('endpoint', plain(`${host}:${port}`));
  }

  /** The host name, such as `database`. */
  get host(): Reference {
    return this.reference('host', plain(this.address.host));
  }

  /** The port, such as 5432. */
  get port(): Reference {
    return this.reference('port', plain(String(this.address.port)));
  }

  /** The user that clients log in as. */
  get username(): Reference {
    return this.reference('username', plain(this.names.username));
  }

  /**
   * The password. Its secret is named after the component: `DATABASE_PASSWORD` for `database`. `password.file` is the
   * path of a file with it.
   */
  get password(): PasswordReference {
    return this.passwordOf(this.passwordKey);
  }

  override get parts(): readonly AddressPart[] {
    return ['url', 'endpoint', 'host', 'port', 'username', 'password'];
  }

  override get outside(): readonly Connection[] {
    return this.settings.managed ? [this.connection] : [];
  }

  /** The password of a managed service exists already, so it cannot be generated. */
  override get randomSecrets(): readonly string[] {
    const own = this.hasPassword && !this.settings.managed ? [this.passwordKey] : [];
    return [...super.randomSecrets, ...own];
  }

  override dependency(): readonly Dependency[] {
    return this.settings.managed ? [] : super.dependency();
  }

  override get acceptedSettings(): readonly Setting[] {
    return [...super.acceptedSettings, 'managed', 'expose'];
  }

  toModel(): readonly Workload[] {
    const exposure = this.publication();
    if (this.settings.managed) return [];
    const { noPassword } = this;
    const authentication = noPassword ? ({ kind: 'none', ...noPassword } as const) : undefined;
    const workload = this.serviceWorkload();
    const ports = workload.ports.map((port, index) => (index === 0 ? { ...port, exposure } : port));
    return [{ ...workload, ports, ...(authentication && { authentication }) }];
  }

  /** Whether clients need a password. A managed service always wants one. */
  protected get hasPassword(): boolean {
    return this.noPassword === undefined || this.settings.managed !== undefined;
  }

  /** The reference to a password. @param key the name of its secret */
  protected passwordOf(key: string): PasswordReference {
    if (!this.hasPassword) {
      const write = 'a component without password, or take noPassword out of this one';
      const sentence = `password is used, but ${this.name} has none, because of noPassword: write ${write}`;
      this.report({ field: 'password', got: undefined, write, sentence });
    }
    const secret = this.settings.managed ? Secret.named(key) : Secret.random(key);
    return new PasswordReference(this, secret, this.connection);
  }

  /** The options of urlWith without what is wrong with them. @throws IssuesError if they are not an object */
  protected checkedUrl(options: UrlOptions): UrlOptions {
    requireObject(options, this.name, "urlWith({ scheme: 'postgresql+asyncpg' })");
    const title = 'an option of urlWith';
    const { right, problems } = checkFields(options, urlShape, title, { before: 'urlWith ' });
    for (const problem of problems) this.report(problem);
    return right;
  }

  /** A reference to a part of the address. */
  protected reference(part: AddressPart, template: Template): Reference {
    return new Reference(this, template, this.connection, part);
  }

  /** The user and the database: those of the managed service, or else these of the component. */
  protected namesOf(own: StoreNames): StoreNames {
    const { managed } = this.settings;
    return { username: managed?.username ?? own.username, database: managed?.database ?? own.database };
  }

  /** The user and the database that clients use. */
  protected abstract get names(): StoreNames;

  /** The form of the connection URL. @param managed whether a managed service is used */
  protected abstract urlForm(managed: boolean): UrlForm;

  /** The workload, if there is no managed service. */
  protected abstract serviceWorkload(): Workload;

  private checkManagedName(name: 'username' | 'database', got: string | undefined): void {
    if (got === undefined) return;
    const field = `managed.${name}`;
    if (!this.parts.includes(name))
      this.report({ field, got, write: `no ${name}, because ${this.name} has none` });
    else if (typeof got !== 'string' || !/^\S+$/.test(got))
      this.report({ field, got, write: `the name of the ${name}, without spaces` });
  }

  private composedUrl(options?: UrlOptions): Template {
    const managed = this.settings.managed !== undefined;
    return this.urlOf(this.urlForm(managed), this.passwordKey, options);
  }

  /** The connection URL of a form. @param key the name of the password's secret */
  protected urlOf(form: UrlForm, key: string, options?: UrlOptions): Template {
    const password = this.hasPassword ? { secret: key } : undefined;
    const place = { ...this.address, password, managed: this.settings.managed !== undefined };
    return joined([connectionUrl(form, place, options)]);
  }

  /** How the store is published: not at all, unless the environment says so. */
  private publication(): Exposure {
    const { settings, hasPassword, usualPort, name } = this;
    const expose = this.exposure(undefined);
    if (expose.kind === 'internal') return expose;
    const at = atLoopback(expose);
    const { publishesAt } = this.application.environment;
    const isManaged = settings.managed !== undefined;
    const found = publicationProblem(at, { name, port: usualPort, hasPassword, isManaged, publishesAt });
    if (!found) return at;
    this.report({ field: 'expose', got: `port ${expose.port}`, ...found });
    return { kind: 'internal' };
  }

  private get address(): { readonly host: string; readonly port: number } {
    const { managed } = this.settings;
    return { host: managed?.host ?? this.name, port: managed?.port ?? this.usualPort };
  }

  private get connection(): Connection {
    const { managed } = this.settings;
    const { host, port } = this.address;
    return managed
      ? externalConnection(this.name, { host, port, protocol: 'tcp' }, managed.addresses)
      : connectionTo(this, this.usualPort);
  }
}
