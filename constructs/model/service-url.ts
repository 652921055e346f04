import type { Protocol } from './network';
import { protocolOf, usualPortOf } from './usual-ports';

/** Where a URL leads. */
export interface UrlPlace {
  readonly scheme: string;
  /** In the form that all programs know: in lower case, and an address of IPv6 in [ ]. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** The place of a URL, or what is wrong with it. */
export type ServiceUrl =
  | { readonly kind: 'right'; readonly place: UrlPlace }
  | {
      readonly kind: 'wrong';
      readonly write: string;
      /** What is wrong, for a message that must not show the URL because of its password. @default the URL itself */
      readonly instead?: string;
    };

/** Schemes whose user is a name that everybody may know. In a URL of the web, it is often a token. */
const webSchemes = ['http', 'https', 'ws', 'wss'];

/**
 * Reads the URL of a service, with any scheme. `new URL()` reads the host of a scheme that it does not know as any text:
 * it leaves upper case, and takes a list of hosts or no host at all.
 *
 * @param word the name of the service's variable in a stack, for advice
 */
export function readServiceUrl(url: string, word: string): ServiceUrl {
  const absolute = 'an absolute URL, such as https://api.example.com/v1';
  const [, jdbc = '', name = '', authority = '', rest = ''] =
    /^(jdbc:)?([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/is.exec(url) ?? [];
  const scheme = name.toLowerCase();
  const at = authority.lastIndexOf('@');
  const login = authority.slice(0, Math.max(0, at));
  if (login.includes(':') || (login !== '' && webSchemes.includes(scheme)))
    return withLogin(`${jdbc}${scheme}`, rest, word);
  const [, host = '', port] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(at + 1)) ?? [];
  // What cannot be read may hold a password in another place.
  const wrong = (write: string): ServiceUrl =>
    url.includes('@')
      ? { kind: 'wrong', write, instead: 'not a URL that can be read' }
      : { kind: 'wrong', write };
  if (host.includes(',')) return wrong('one host, and an ExternalApi for each of the others');
  const known = hostOf(host);
  if (known === undefined) return wrong(absolute);
  if (scheme === 'mongodb+srv' && port !== undefined)
    return wrong(`${url.replace(`:${port}`, '')}, because mongodb+srv finds the ports by DNS`);
  if (port === undefined || port === '') {
    const usual = usualPortOf(scheme);
    if (usual) return { kind: 'right', place: { scheme, host: known, ...usual } };
    return wrong(
      `the port as well, such as ${jdbc}${scheme}://${known}:8000, because ${scheme} has no usual one`,
    );
  }
  if (Number(port) < 1 || Number(port) > 65_535) return wrong('a port from 1 to 65535');
  return { kind: 'right', place: { scheme, host: known, port: Number(port), protocol: protocolOf(scheme) } };
}

function withLogin(scheme: string, rest: string, word: string): ServiceUrl {
  const [path = ''] = rest.split(/[?#]/, 1);
  const secret = `\${Secret.named('${word.replace(/[A-Z]/g, '_$&').toUpperCase()}_PASSWORD')}`;
  const end = scheme === 'mongodb+srv' ? 'host' : 'endpoint';
  return {
    kind: 'wrong',
    write: `it without, and text\`${scheme}://user:${secret}@\${${word}.${end}}${path}\` in env`,
    instead: 'a URL with a login, which is a secret',
  };
}

// The parser knows the hosts of the web, which have no other letters than those of other schemes. It needs them in the form
// that DNS has, and finds wrong ones.
function hostOf(text: string): string | undefined {
  if (!URL.canParse(`http://${text}`)) return undefined;
  const { hostname, pathname } = new URL(`http://${text}`);
  return hostname === '' || pathname !== '/' ? undefined : hostname;
}
