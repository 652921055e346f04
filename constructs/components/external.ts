import type { Construct } from 'constructs';
import { checkProps, Component } from './component';
import { optional, type Shape } from '../shape/kind';
import { addressBlocks } from '../values/address-blocks';
import { text } from '../shape/words';
import { publicAddresses, type Connection } from '../model/network';
import { plain } from '../model/template';
import type { Dependency, Workload } from '../model/workload';
import { Reference, type AddressPart } from '../values/reference';

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
  addresses: optional(addressBlocks),
};

/**
 * A web API outside the application. A component that uses a part of its address may connect to it.
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
    return this.reference('url', this.baseUrl);
  }

  /** The host name and port, such as `api.openai.com:443`. */
  get endpoint(): Reference {
    const { host, port } = this.address;
    return this.reference('endpoint', `${host}:${port}`);
  }

  /** The host name, such as `api.openai.com`. */
  get host(): Reference {
    return this.reference('host', this.address.host);
  }

  /** The port: that of the URL, or else 80 for http and 443 for every other scheme. */
  get port(): Reference {
    return this.reference('port', String(this.address.port));
  }

  override get parts(): readonly AddressPart[] {
    return ['url', 'endpoint', 'host', 'port'];
  }

  override get outside(): readonly Connection[] {
    const { host, port } = this.address;
    return [externalConnection(this.name, host, port, this.props.addresses)];
  }

  private reference(part: AddressPart, text: string): Reference {
    const { host, port } = this.address;
    return new Reference(
      this,
      plain(text),
      externalConnection(this.name, host, port, this.props.addresses),
      part,
    );
  }

  // Without a URL, the service is not in the model: nothing more is told of it.
  private get baseUrl(): string {
    return this.application.isComplete(this.name) ? this.props.url : '';
  }

  private get address(): { readonly host: string; readonly port: number } {
    const url = this.baseUrl;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed && this.application.isComplete(this.name))
      this.report({ field: 'url', got: url, write: 'an absolute URL, such as https://api.example.com/v1' });
    const port = Number(parsed?.port ?? '') || (parsed?.protocol === 'http:' ? 80 : 443);
    return { host: parsed?.hostname ?? '', port };
  }
}

/** The permission to connect to a service outside the application. */
export function externalConnection(
  name: string,
  host: string,
  port: number,
  addresses: readonly string[] = publicAddresses,
): Connection {
  return { kind: 'external', name, host, port, addresses };
}
