import type { Construct } from 'constructs';
import { Component, requireProps } from './component';
import { publicAddresses, type Connection } from '../model/network';
import { plain, type Template } from '../model/template';
import type { Dependency, Workload } from '../model/workload';
import type { ManagedService } from '../environment/managed-service';
import { Reference } from '../values/reference';

/** A service outside of the application that it connects to. */
export abstract class External extends Component {
  override dependency(): readonly Dependency[] {
    return [];
  }

  toModel(): readonly Workload[] {
    return [];
  }
}

/** What a web API outside of the application takes. */
export interface ExternalApiProps {
  /** Its base URL, such as https://api.openai.com/v1. */
  readonly url: string;
  /** CIDR blocks of its addresses. @default every address outside of private networks */
  readonly addresses?: readonly string[];
}

/** A web API outside of the application. */
export class ExternalApi extends External {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExternalApiProps,
  ) {
    requireProps(scope, id, props, "{ url: 'https://api.example.com/v1' }");
    super(scope, id);
  }

  /** Its base URL. */
  get url(): Reference {
    const { url, addresses } = this.props;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed)
      this.report({ field: 'url', got: url, write: 'an absolute URL, such as https://api.example.com/v1' });
    const port = Number(parsed?.port ?? '') || (parsed?.protocol === 'http:' ? 80 : 443);
    return new Reference(
      this,
      plain(url),
      externalConnection(this.name, { host: parsed?.hostname ?? '', addresses }, port),
    );
  }
}

/** The permission to connect to a service outside of the application. */
function externalConnection(
  name: string,
  { host, addresses }: { readonly host: string; readonly addresses?: readonly string[] | undefined },
  port: number,
): Connection {
  return { kind: 'external', name, host, port, addresses: addresses ?? publicAddresses };
}

/** A reference to a managed service, by its own URL where it has one. */
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
    externalConnection(component.name, service, service.port ?? port),
  );
}
