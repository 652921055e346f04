import {
  Application,
  Backend,
  Cache,
  docker,
  ExternalApi,
  Frontend,
  Health,
  HostProgram,
  Image,
  Json,
  MariadbDatabase,
  Migration,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  RedisStore,
  ReverseProxy,
  Route,
  ScheduledJob,
  SearchEngine,
  Secret,
  text,
  Worker,
  type CommandHealth,
  type Component,
  type ContainerProps,
  type EnvironmentValue,
  type NoHealth,
  type Reference,
  type SecretFile,
  type Text,
} from 'catamaran';
import type { Environment } from '../../constructs/environment/environment';
import { optionalPrefix } from './description';
import type {
  CommandHealthDescription,
  ComponentDescription,
  ContainerDescription,
  Description,
  FileDescription,
  HealthDescription,
  RouteDescription,
  SecretDescription,
  ValueDescription,
  Variables,
} from './description';

/** A component that others can connect to. */
type Callable = Component & { readonly url: Reference };

/** The application that a description is of, made with the public API. */
export function build(description: Description, environment: Environment, folder: string): Application {
  const { name, version, owner, open, components } = description;
  const application = new (class extends Application {})(name, environment, { folder, version, owner });
  for (const [choice, options] of Object.entries(open)) application.choose(choice, options);
  const builder = new Builder(application);
  for (const component of components) builder.add(component);
  return application;
}

class Builder {
  private readonly made = new Map<string, Component>();
  /** The backends that have a port of this name. */
  private readonly withDns = new Set<string>();
  /** What a name that nothing has leads to: a component of another application. */
  private readonly stranger = new Backend(
    new (class extends Application {})('other', { ...docker(), name: 'dev' }),
    'stranger',
    { image: 'a:1', port: 8000 },
  );

  constructor(private readonly application: Application) {}

  add(description: ComponentDescription): void {
    this.made.set(description.name, this.component(description));
    const { kind, name, props } = description;
    if (kind === 'backend' && props.ports?.dns) this.withDns.add(name);
  }

  private component(description: ComponentDescription): Component {
    const { application: app } = this;
    const { kind, name, props } = description;
    switch (kind) {
      case 'backend': {
        const { health, liveness, ...others } = props;
        return new Backend(app, name, { ...others, ...this.container(props), ...checks(health, liveness) });
      }
      case 'static-frontend': {
        const { health, liveness, ...others } = props;
        const own = { ...others, ...this.container(props), ...checks(health, liveness) };
        return new Frontend(app, name, { kind: 'static', ...own });
      }
      case 'worker': {
        const { health, liveness, ...others } = props;
        return new Worker(app, name, {
          ...others,
          ...this.container(props),
          ...(health && { health: commandOf(health) }),
          ...(liveness && { liveness: commandOf(liveness) }),
        });
      }
      case 'migration':
        return new Migration(app, name, { ...props, ...this.container(props) });
      case 'job':
        return new ScheduledJob(app, name, { ...props, ...this.container(props) });
      case 'postgres':
        return new PostgresDatabase(app, name, props);
      case 'mysql':
        return new MysqlDatabase(app, name, props);
      case 'mariadb':
        return new MariadbDatabase(app, name, props);
      case 'mongo':
        return new MongoDatabase(app, name, props);
      case 'cache':
        return new Cache(app, name, props);
      case 'redis':
        return new RedisStore(app, name, props);
      case 'search':
        return new SearchEngine(app, name, props);
      case 'external':
        return new ExternalApi(app, name, props);
      case 'host-program':
        return new HostProgram(app, name, props);
      case 'proxy':
        return new ReverseProxy(app, name, {
          ...props,
          routes: props.routes.map((route) => this.route(route)),
        });
    }
  }

  private container({
    image,
    env,
    files,
    waitsFor,
  }: ContainerDescription): Required<Pick<ContainerProps, 'image' | 'env' | 'files' | 'waitsFor'>> {
    return {
      image: image.kind === 'build' ? Image.build(image.context) : image.reference,
      env: variablesOf(env, (value) => this.reference(value)),
      files: Object.fromEntries(Object.entries(files).map(([path, parts]) => [path, this.file(parts)])),
      waitsFor: waitsFor.map((name) => this.made.get(name) ?? this.stranger),
    };
  }

  private reference({ to, as }: ValueDescription & { readonly kind: 'reference' }): Reference {
    const found = this.made.get(to);
    if (as === 'endpoint' && found instanceof Backend) return found.endpoint;
    if (as === 'dns' && found instanceof Backend && this.withDns.has(to)) return found.at('dns').endpoint;
    return found && isCallable(found) ? found.url : this.stranger.url;
  }

  private file(parts: FileDescription): string | Text {
    if (parts.every((part) => typeof part === 'string')) return parts.join('');
    return parts.reduce<Text>(
      (whole, part) =>
        typeof part === 'string'
          ? text`${whole}${part}`
          : text`${whole}${this.backend(part.endpoint).endpoint}`,
      text``,
    );
  }

  private route(route: RouteDescription): Route {
    if (route.kind === 'redirect') return Route.redirect(route.path, route.to, route.options);
    const { auth, ...options } = route.options;
    const targets = route.targets.map(({ component, weight }) => ({
      component: this.backend(component),
      weight,
    }));
    return Route.path(route.path, targets, {
      ...options,
      ...(auth && { auth: { ...auth, password: secretOf(auth.password) } }),
    });
  }

  private backend(name: string): Backend {
    const found = this.made.get(name);
    return found instanceof Backend ? found : this.stranger;
  }
}

function isCallable(component: Component): component is Callable {
  return 'url' in component;
}

/** The secret that a description names. */
export function secretOf({ name, random }: SecretDescription): Secret {
  if (name.startsWith(optionalPrefix)) return Secret.named(name, { default: `${name.length}-$HOME "it's"` });
  return random ? Secret.random(name) : Secret.named(name);
}

/** Variables with the values that they are described by. */
export function variablesOf(
  variables: Variables,
  reference: (value: ValueDescription & { readonly kind: 'reference' }) => Reference,
): Record<string, EnvironmentValue> {
  const valueOf = (value: ValueDescription): EnvironmentValue => {
    switch (value.kind) {
      case 'plain':
        return value.value;
      case 'json':
        return Json.of(value.data);
      case 'secret':
        return secretValue(value);
      case 'reference':
        return reference(value);
    }
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, valueOf(value)]));
}

function secretValue(value: SecretDescription): Secret | SecretFile {
  return value.file ? secretOf(value).file : secretOf(value);
}

function checks(
  health: HealthDescription | undefined,
  liveness: HealthDescription | undefined,
): { readonly health?: Health; readonly liveness?: Health } {
  return { ...(health && { health: healthOf(health) }), ...(liveness && { liveness: healthOf(liveness) }) };
}

function healthOf(check: HealthDescription): Health {
  switch (check.kind) {
    case 'http':
      return Health.http(check.path, check.options);
    case 'tcp':
      return Health.tcp(check.timing);
    case 'grpc':
      return Health.grpc(check.options);
    case 'none':
    case 'command':
      return commandOf(check);
  }
}

function commandOf(check: CommandHealthDescription): CommandHealth | NoHealth {
  return check.kind === 'none' ? Health.none(check.reason) : Health.command(check.command, check.timing);
}
