import type { Construct } from 'constructs';
import { checkProps, Component } from './component';
import { optional, type Shape } from '../shape/kind';
import { addressBlocks } from '../values/address-blocks';
import { text } from '../shape/words';
import type { Connection } from '../model/network';
import { readServiceUrl, type UrlPlace } from '../model/service-url';
import { plain, type Template } from '../model/template';
import type { Dependency, Workload } from '../model/workload';
import { Reference, wordOf, type AddressPart } from '../values/reference';
import { externalConnection, outsideProblem } from './outside-host';

/** A service outside the application. */
export abstract class External extends Component {
  override dependency(): readonly Dependency[] {
    return [];
  }

  toModel(): readonly Workload[] {
    return [];
  }
}

/** A service outside the application that has a URL. Each part of its address is a reference. */
export abstract class ExternalAddress extends External {
  /** The base URL. */
  get url(): Reference {
    return this.reference('url', this.urlTemplate);
  }

  /** The host name and port, such as `api.openai.com:443`. */
  get endpoint(): Reference {
    const { host, port } = this.place;
    return this.reference('endpoint', plain(`${host}:${port}`));
  }

  /** The host name, such as `api.openai.com`. */
  get host(): Reference {
    return this.reference('host', plain(this.place.host));
  }

  /** The port, such as 443. */
  get port(): Reference {
    return this.reference('port', plain(String(this.place.port)));
  }

  override get parts(): readonly AddressPart[] {
    return ['url', 'endpoint', 'host', 'port'];
  }

  override get outside(): readonly Connection[] {
    return [this.connection];
  }

  /** Whether it has the props that it needs. Without them, it is not in the model: nothing more is told of it. */
  protected get isComplete(): boolean {
    return this.application.isComplete(this.name);
  }

  protected abstract get urlTemplate(): Template;

  protected abstract get place(): Pick<UrlPlace, 'host' | 'port'>;

  protected abstract get connection(): Connection;

  private reference(part: AddressPart, template: Template): Reference {
    return new Reference(this, template, this.connection, part);
  }
}

/** The props of an external API. */
export interface ExternalApiProps {
  /**
   * The URL of the service, of any scheme. If it names no port, it has the usual one of its scheme: 443 for `https`, 5671
   * for `amqps`, 636 for `ldaps`, 5432 for `postgres`. A scheme without a usual port needs one. It contains no password:
   * write the whole URL as a text`` of the references and a secret.
   * @example 'https://api.openai.com/v1'
   * @example 'amqps://queue.example.com'
   * @example 'http://10.0.0.5:9000'
   */
  readonly url: string;
  /**
   * The IP addresses of the service, as CIDR blocks. A network policy cannot name a host, so it opens the port to these
   * addresses. On Kubernetes, a host name that only a private network knows, such as `minio.lan`, needs them.
   * @default the address in the URL; for a host name, every public address
   * @example ['10.20.0.0/16']
   */
  readonly addresses?: readonly string[];
}

const apiShape: Shape<ExternalApiProps> = {
  url: text("an absolute URL, such as 'https://api.example.com/v1'"),
  addresses: optional(addressBlocks),
};

/** Stands for a place that is not known, because the URL is wrong. */
const nowhere: UrlPlace = { scheme: 'https', host: '', port: 443, protocol: 'tcp' };

/**
 * A service outside the application: a web API, or a mail server, queue or store that somebody else runs. A component
 * that uses a part of its address may connect to it.
 *
 * @throws IssuesError if the props are missing
 * @example
 * const openai = new ExternalApi(this, 'openai', { url: 'https://api.openai.com/v1' });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { OPENAI_BASE_URL: openai.url } });
 * @example
 * const queue = new ExternalApi(this, 'queue', { url: 'amqps://queue.example.com' });
 * new Worker(this, 'mailer', {
 *   image: 'mailer:1.0',
 *   env: { AMQP_URL: text`amqps://shop:${Secret.named('QUEUE_PASSWORD')}@${queue.endpoint}/shop` },
 * });
 */
export class ExternalApi extends ExternalAddress {
  private readonly props: ExternalApiProps;
  protected readonly place: UrlPlace;

  constructor(scope: Construct, id: string, props: ExternalApiProps) {
    const write = "{ url: 'https://api.example.com/v1' }";
    const checked = checkProps(scope, id, props, { of: 'ExternalApi', shape: apiShape, write });
    super(scope, id);
    this.props = checked;
    this.place = this.readPlace();
  }

  protected get urlTemplate(): Template {
    return plain(this.isComplete ? this.props.url : '');
  }

  protected get connection(): Connection {
    const { host, port, protocol } = this.place;
    return externalConnection(this.name, { host, port, protocol }, this.props.addresses);
  }

  private readPlace(): UrlPlace {
    if (!this.isComplete) return nowhere;
    const read = readServiceUrl(this.props.url, wordOf(this.name));
    if (read.kind === 'right') {
      const write = outsideProblem(read.place.host);
      if (write !== undefined) this.report({ field: 'url', got: this.props.url, write });
      return read.place;
    }
    const { write, instead } = read;
    if (instead === undefined) this.report({ field: 'url', got: this.props.url, write });
    else this.report({ field: 'url', got: undefined, write, sentence: `url is ${instead}: write ${write}` });
    return nowhere;
  }
}
