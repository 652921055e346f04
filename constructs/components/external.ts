import type { Construct } from 'constructs';
import { checkProps, Component } from './component';
import { optional, type Shape } from '../shape/kind';
import { texts } from '../shape/lists';
import { text } from '../shape/words';
import { publicAddresses, type Connection } from '../model/network';
import { plain, type Template } from '../model/template';
import type { Dependency, Workload } from '../model/workload';
import type { ManagedService } from '../environment/managed-service';
import { Reference } from '../values/reference';

/** A service outside the application. */
export abstract class External extends Component {
  override dependency(): readonly Dependency[] {
    return [];
  }

  toModel(): readonly Workload[] {
    return [];
  }
}

/** The props of an external API. */
export interface ExternalApiProps {
  /** The base URL, such as https://api.openai.com/v1. */
  readonly url: string;
  /**
   * The IP addresses of the API, as CIDR blocks. A network policy cannot name a host, so it opens the port to
   * these addresses. @default every public address
   */
  readonly addresses?: readonly string[];
}

const apiShape: Shape<ExternalApiProps> = {
  url: text("an absolute URL, such as 'https://api.example.com/v1'"),
  addresses: optional(texts("a list of CIDR blocks, such as ['10.20.0.0/16']")),
};

/**
 * A web API outside the application. A component that uses its URL may connect to it.
 *
 * @throws IssuesError if the props are missing
 * @example
 * const openai = new ExternalApi(this, 'openai', { url: 'https://api.openai.com/v1' });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { OPENAI_BASE_URL: openai.url } });
 */
export class ExternalApi extends External {
  private readonly props: ExternalApiProps;

  constructor(scope: Construct, id: string, props: ExternalApiProps) {
    const write = "{ url: 'https://api.example.com/v1' }";
    const checked = checkProps(scope, id, props, { of: 'ExternalApi', shape: apiShape, write });
    super(scope, id);
    this.props = checked;
  }

  /** The base URL. A URL that is not absolute is reported as an issue. */
  get url(): Reference {
    // Without a URL, the service is not in the model: nothing more is told of it.
    const { addresses } = this.props;
    const url = this.application.isComplete(this.name) ? this.props.url : '';
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed && this.application.isComplete(this.name))
      this.report({ field: 'url', got: url, write: 'an absolute URL, such as https://api.example.com/v1' });
    const port = Number(parsed?.port ?? '') || (parsed?.protocol === 'http:' ? 80 : 443);
    return new Reference(
      this,
      plain(url),
      externalConnection(this.name, parsed?.hostname ?? '', port, addresses),
    );
  }
}

/** The permission to connect to a service outside the application. */
function externalConnection(
  name: string,
  host: string,
  port: number,
  addresses: readonly string[] = publicAddresses,
): Connection {
  return { kind: 'external', name, host, port, addresses };
}

/**
 * A reference to a managed service.
 *
 * @param port the port to use if the service has no `port`
 * @param composed the connection URL to use if the service has no `url`
 */
export function managedReference(
  component: Component,
  service: ManagedService,
  port: number,
  composed: Template,
): Reference {
  const template: Template = service.url ? [{ secret: service.url.key }] : composed;
  return new Reference(
    component,
    template,
    externalConnection(component.name, service.host, service.port ?? port, service.addresses),
  );
}
