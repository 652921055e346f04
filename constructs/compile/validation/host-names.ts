/** How a text names a host. It decides which reference fits in its place. */
export type HostForm =
  /** The whole text, or an item of a list, is the name: `database`. */
  | 'word'
  /** The name is the host of a URL: `http://api:3000/v1`. */
  | 'url'
  /** The name stands before a port, or after `host=`: `api:3000`. */
  | 'address';

/**
 * How a text has a name as its host; undefined if it has not. Upper and lower case are the same, as in DNS.
 *
 * @param name the name of a component, which is its host name
 */
export function hostForm(text: string, name: string): HostForm | undefined {
  if (!text.toLowerCase().includes(name.toLowerCase())) return undefined;
  return formInText(text, name) ?? (isWord(text, name) || isInJson(text, name) ? 'word' : undefined);
}

/** How a text has a name as the host of a URL or an address. A word by itself does not count. */
export function formInText(text: string, name: string): Exclude<HostForm, 'word'> | undefined {
  if (name === '' || !text.toLowerCase().includes(name.toLowerCase())) return undefined;
  const { url, addresses } = patternsOf(name);
  if (url.test(text)) return 'url';
  return addresses.some((address) => address.test(text)) ? 'address' : undefined;
}

interface Patterns {
  readonly url: RegExp;
  readonly addresses: readonly RegExp[];
}

function patternsOf(name: string): Patterns {
  const host = hostPattern(name);
  return {
    // Also after a user and a password, and in a list of hosts: mongodb://user:password@one:27017,two:27017/shop
    url: new RegExp(`//(?:[^\\s/"'<>]*@)?(?:[^\\s/?#"'<>@,]+,)*${host}(?=[:/?#,;\\s"'\`<>)\\]}\\\\]|$)`, 'i'),
    addresses: [
      // A port after the name: tcp(database:3306)
      new RegExp(`(?<![\\w.:/-])${host}:\\d{1,5}(?![\\w.])`, 'i'),
      // A user and a password before it: shop:password@database/shop
      new RegExp(`[^\\s"'@]:[^\\s"'@]{0,200}@${host}(?=[:/?,;\\s"']|$)`, 'i'),
      // A key before it: host=database port=5432
      new RegExp(
        `(?<![\\w.])(?:host(?:name|addr)?|server(?:name)?|addr(?:ess)?|data ?source|network address)` +
          `\\s*=\\s*["']?(?:tcp:)?${host}(?![\\w.-])`,
        'i',
      ),
    ],
  };
}

// A cluster has longer names for a Service: database.shop.svc.cluster.local
function hostPattern(name: string): string {
  const escaped = name.replace(/[^a-z0-9-]/gi, '\\$&');
  return `${escaped}(?:\\.[a-z0-9-]+\\.svc(?:\\.[a-z0-9-]+)*)?\\.?`;
}

function isWord(text: string, name: string): boolean {
  const word = new RegExp(`^(?:[^\\s@]+@)?${hostPattern(name)}$`, 'i');
  return text.split(/[,;]/).some((item) => word.test(item.trim()));
}

function isInJson(text: string, name: string): boolean {
  if (!/^\s*[[{"]/.test(text)) return false;
  try {
    return textsIn(JSON.parse(text)).some((leaf) => isWord(leaf, name));
  } catch {
    return false;
  }
}

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}
