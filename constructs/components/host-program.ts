import type { Construct } from 'constructs';
import { checkProps } from './component';
import { ExternalAddress } from './external';
import { externalConnection, managedHostProblem } from './outside-host';
import type { ManagedService } from '../environment/managed-service';
import type { Setting } from '../environment/settings';
import type { Connection } from '../model/network';
import { dockerHost } from '../model/outside';
import { plain, type Template } from '../model/template';
import { protocolOf } from '../model/usual-ports';
import { optional, type Shape } from '../shape/kind';
import { anyPort } from '../shape/numbers';
import { text } from '../shape/words';

/** The props of a program of the Docker host. */
export interface HostProgramProps {
  /** The port that the program listens on. */
  readonly port: number;
  /** The scheme of its URL, such as `postgres`. @default http */
  readonly scheme?: string;
}

const hostProgramShape: Shape<HostProgramProps> = {
  port: anyPort,
  scheme: optional(text("the scheme of a URL, such as 'http'")),
};

/**
 * A program that runs on the Docker host itself, and not in a container. A component that uses a part of its address may
 * connect to it, and to every other port of the host.
 *
 * The program must listen on 0.0.0.0, or on the address of the Docker bridge (`ip address show docker0`, most often
 * 172.17.0.1). One that listens only on 127.0.0.1 gets no connection of a container. A firewall of the host, such as ufw,
 * has to let the networks of Docker in.
 *
 * A pod has no such host, so Kubernetes refuses it. An environment can name a server in its place, with `managed`.
 *
 * @throws IssuesError if the props are missing
 * @example
 * const ollama = new HostProgram(this, 'ollama', { port: 11434 });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { OLLAMA_HOST: ollama.url } });
 */
export class HostProgram extends ExternalAddress {
  private readonly props: HostProgramProps;

  constructor(scope: Construct, id: string, props: HostProgramProps) {
    const write = '{ port: 11434 }';
    const checked = checkProps(scope, id, props, { of: 'HostProgram', shape: hostProgramShape, write });
    super(scope, id);
    this.props = checked;
    const { managed } = this.settings;
    if (managed) this.checkManaged(managed);
    const { scheme, port } = checked;
    if (this.isComplete && !isPort(port))
      this.report({ field: 'port', got: port, write: 'a whole number from 1 to 65535' });
    if (scheme !== undefined && !/^[a-z][a-z0-9+.-]*$/.test(scheme))
      this.report({ field: 'scheme', got: scheme, write: 'the scheme of a URL without ://, such as http' });
  }

  override get acceptedSettings(): readonly Setting[] {
    return ['managed'];
  }

  protected get urlTemplate(): Template {
    const { url } = this.settings.managed ?? {};
    const { host, port } = this.place;
    return url ? [{ secret: url.key }] : plain(`${this.scheme}://${host}:${port}`);
  }

  protected get place(): { readonly host: string; readonly port: number } {
    const { managed } = this.settings;
    // A wrong port has been told: nothing more is told of it where the program is used.
    const port = this.isComplete && isPort(this.props.port) ? this.props.port : 80;
    return { host: managed?.host ?? dockerHost, port: managed?.port ?? port };
  }

  protected get connection(): Connection {
    const at = { ...this.place, protocol: protocolOf(this.scheme) };
    return externalConnection(this.name, at, this.settings.managed?.addresses);
  }

  private get scheme(): string {
    return this.props.scheme ?? 'http';
  }

  private checkManaged({ host, username, database }: ManagedService): void {
    const write = managedHostProblem(host);
    if (write !== undefined) this.report({ field: 'managed.host', got: host, write });
    for (const [name, got] of Object.entries({ username, database }))
      if (got !== undefined)
        this.report({ field: `managed.${name}`, got, write: `no ${name}, because ${this.name} has none` });
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
