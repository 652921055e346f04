import type { Connection } from '../model/network';
import { plain } from '../model/template';
import { opaque } from '../values/opaque';
import type { ListedPort } from '../values/ports';
import { Reference, wordOf, type AddressPart } from '../values/reference';
import type { Backend } from './backend';

/**
 * One port of a component. Its references allow connections to this port alone.
 *
 * @example new Worker(this, 'scraper', { image: 'scraper:1.0', env: { METRICS_URL: api.at('metrics').url } });
 */
export class BackendPort {
  constructor(
    readonly component: Backend,
    /** What the model says of the port. */
    readonly listed: ListedPort,
    /** What a stack calls the port, such as `api.at('metrics')`. @default the variable of the component */
    private readonly word: string = wordOf(component.name),
  ) {}

  /** The URL, such as `http://api:9100`, or `udp://api:53` for UDP. */
  get url(): Reference {
    const { number, protocol } = this.listed;
    return this.reference(
      'url',
      `${protocol === 'tcp' ? 'http' : protocol}://${this.component.name}:${number}`,
    );
  }

  /** The host name and port, such as `api:9100`. */
  get endpoint(): Reference {
    return this.reference('endpoint', `${this.component.name}:${this.listed.number}`);
  }

  /** The host name, such as `api`. */
  get host(): Reference {
    return this.reference('host', this.component.name);
  }

  /** The number of the port, such as `9100`. */
  get port(): Reference {
    return this.reference('port', String(this.listed.number));
  }

  /** The permission to connect to this port. */
  get connection(): Connection {
    const { number: port, protocol } = this.listed;
    return { kind: 'workload', workload: this.component.name, port, protocol };
  }

  private reference(part: AddressPart, text: string): Reference {
    return new Reference(this.component, plain(text), this.connection, part, this.word);
  }
}

opaque(BackendPort.prototype, ({ component: { name }, listed }) => ({
  what: `the port ${listed.name} of the component ${name}`,
  write: `one of its references in a text, such as text\`\${${wordOf(name)}.at('${listed.name}').url}\``,
}));
