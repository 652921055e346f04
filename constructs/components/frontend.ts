import type { Construct } from 'constructs';
import { Backend, type BackendProps } from './backend';
import { requireProps } from './component';
import { Health } from '../values/health';
import { anyUser } from '../values/user';

/** A site of static files in an image of an unprivileged nginx, such as one built `FROM nginxinc/nginx-unprivileged`. */
export interface StaticFrontendProps extends Omit<BackendProps, 'port'> {
  readonly kind: 'static';
  /** The port that the web server listens on. @default 8080 */
  readonly port?: number;
  /** Where the image keeps the files. @default /usr/share/nginx/html */
  readonly root?: string;
  /** Whether unknown paths answer with index.html, for routing in the browser. @default true */
  readonly singlePage?: boolean;
}

/** A site that a program of one's own renders. */
export interface ServerFrontendProps extends BackendProps {
  readonly kind: 'server';
}

/** What visitors see: static files behind a web server, or a server-rendered application. */
export type FrontendProps = StaticFrontendProps | ServerFrontendProps;

/** What visitors see: static files behind a web server, or a server-rendered application. */
export class Frontend extends Backend {
  constructor(scope: Construct, id: string, props: FrontendProps) {
    requireProps(scope, id, props, "{ kind: 'server', image: 'site:1.0', port: 8000 }");
    super(scope, id, props.kind === 'static' ? webServer(props) : props);
  }
}

function webServer(props: StaticFrontendProps): BackendProps {
  const port = props.port ?? 8080;
  return {
    user: anyUser(101, 101),
    health: Health.http('/'),
    ...props,
    port,
    files: { ...props.files, '/etc/nginx/conf.d/default.conf': configuration(props, port) },
  };
}

function configuration({ root, singlePage }: StaticFrontendProps, port: number): string {
  return `server {
    listen ${port};
    root ${root ?? '/usr/share/nginx/html'};
    index index.html;
    server_tokens off;
    location / {
        try_files $uri $uri/ ${(singlePage ?? true) ? '/index.html' : '=404'};
    }
}
`;
}
