import type { Construct } from 'constructs';
import { Backend, backendShape, type BackendProps } from './backend';
import { checkProps } from './component';
import { nginxStart } from './nginx-start';
import { optional, type Shape } from '../shape/kind';
import { anyPort } from '../shape/numbers';
import { flag, oneOf, text } from '../shape/words';
import { Health } from '../values/health';
import { headerSpace, listening, nginxFolder, nginxStartFile } from '../model/nginx';
import type { Workload } from '../model/workload';
import { needingPorts } from '../values/ports';
import { anyUser } from '../values/user';

/**
 * The props of a website of static files. The image must contain an nginx that runs without root: build it
 * `FROM nginxinc/nginx-unprivileged`. By default, `health` is `Health.http('/')`, and `user` is 101:101. Without `command`
 * and `args`, the image's entrypoint gets a command that fits nginx to the machine and starts it.
 */
export interface StaticFrontendProps extends Omit<BackendProps, 'port' | 'ports' | 'root'> {
  /** The website has static files only. */
  readonly kind: 'static';
  /** The TCP port that nginx listens on. @default 8080 */
  readonly port?: number;
  /** The folder in the image with the static files. @default /usr/share/nginx/html */
  readonly root?: string;
  /** Whether unknown paths return index.html, for routing in the browser; otherwise they return 404. @default true */
  readonly singlePage?: boolean;
}

/** The props of a website that a program renders. */
export interface ServerFrontendProps extends BackendProps {
  /** A program renders the pages. */
  readonly kind: 'server';
}

/** The props of a frontend: `static` for files that nginx serves, `server` for a program that renders pages. */
export type FrontendProps = StaticFrontendProps | ServerFrontendProps;

const { ports: _ports, ...onePortShape } = backendShape;

const staticShape: Shape<StaticFrontendProps> = {
  ...onePortShape,
  kind: oneOf('static'),
  port: optional(anyPort),
  root: optional(text("an absolute path, such as '/usr/share/nginx/html'")),
  singlePage: optional(flag),
};

const serverShape: Shape<ServerFrontendProps> = { ...backendShape, kind: oneOf('server') };

/** A frontend whose kind is not known, because it is wrong. */
type AnyFrontendProps = Omit<StaticFrontendProps, 'kind'> & Pick<FrontendProps, 'kind'>;

const anyShape: Shape<AnyFrontendProps> = { ...staticShape, kind: oneOf('static', 'server') };

/**
 * A website: static files that nginx serves, or a program that renders pages.
 *
 * @throws IssuesError if the props are missing
 * @example const site = new Frontend(this, 'site', { kind: 'static', image: Image.build('site') });
 */
export class Frontend extends Backend {
  private readonly site: FrontendProps;

  constructor(scope: Construct, id: string, props: FrontendProps) {
    const site = checkFrontend(scope, id, props);
    super(scope, id, toBackend(site));
    this.site = site;
  }

  override toModel(): readonly Workload[] {
    const { kind, command, args } = this.site;
    if (kind === 'server' || command || args) return super.toModel();
    const listeners = [{ port: this.portNumber, tls: false }];
    return super.toModel().map((workload) => ({
      ...workload,
      arguments: nginxStart({ cpu: workload.cpu.limit, listeners, passwords: [] }),
    }));
  }
}

function checkFrontend(scope: Construct, id: string, props: FrontendProps): FrontendProps {
  const words = { of: 'Frontend', write: "{ kind: 'server', image: 'site:1.0', port: 8000 }" };
  // What is no object is told by any of the shapes.
  switch ((props as FrontendProps | null | undefined)?.kind) {
    case 'static':
      return checkProps(scope, id, props, { ...words, shape: staticShape });
    case 'server':
      return checkProps(scope, id, props, { ...words, shape: needingPorts(serverShape, props) });
    default:
      return checkProps<AnyFrontendProps>(scope, id, props, { ...words, shape: anyShape }) as FrontendProps;
  }
}

function toBackend(props: FrontendProps): BackendProps {
  if (props.kind === 'server') {
    const { kind: _kind, ...others } = props;
    return others;
  }
  const { kind: _kind, root, singlePage, ...others } = props;
  const port = props.port ?? 8080;
  const files = { 'default.conf': configuration(root, singlePage, port), ...nginxStartFile };
  return {
    ...(!props.runsAsRoot && { user: anyUser(101, 101) }),
    health: Health.http('/'),
    ...others,
    port,
    files: {
      ...props.files,
      ...Object.fromEntries(
        Object.entries(files).map(([name, content]) => [`${nginxFolder}/${name}`, content]),
      ),
    },
  };
}

function configuration(root: string | undefined, singlePage: boolean | undefined, port: number): string {
  return `server {
    ${listening({ port, tls: false }).join('\n    ')}
    root ${root ?? '/usr/share/nginx/html'};
    index index.html;
    server_tokens off;
    absolute_redirect off;
    ${headerSpace}
    location / {
        try_files $uri $uri/ ${(singlePage ?? true) ? '/index.html' : '=404'};
    }
}
`;
}
