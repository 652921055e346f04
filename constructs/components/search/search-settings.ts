import { plain, type Template } from '../../model/template';
import type { Size } from '../../model/units';
import { isAtLeast } from '../../model/version';
import type { Problem } from '../../shape/kind';
import type { StoreImage } from '../databases/store-image';

/** The last part of the names of images whose tags start with the version of Elasticsearch. */
export const searchImageNames: readonly string[] = ['elasticsearch'];

/** What to write instead of an image that is no Elasticsearch, or too old; undefined if it is right. */
export function searchImageProblem({ repository, version }: StoreImage): string | undefined {
  if (/opensearch|elasticsearch-oss|^bitnami/.test(repository))
    return 'docker.elastic.co/elasticsearch/elasticsearch:9.1.4, because this image has other settings and folders; or run it as a Backend with volumes';
  // See https://www.elastic.co/blog/security-for-elasticsearch-is-now-free
  return version === undefined || isAtLeast(version, [7, 1])
    ? undefined
    : 'elasticsearch:7.1 or newer, because older ones have no passwords';
}

/** Whether an image reads settings from variables. @see https://github.com/elastic/elasticsearch/pull/76192 */
function readsVariables({ version }: StoreImage): boolean {
  return version === undefined || isAtLeast(version, [8]);
}

/** The settings of Elasticsearch that the component makes, by name. */
function settingsOf(hasPassword: boolean): Readonly<Record<string, string>> {
  return {
    'discovery.type': 'single-node',
    // Memory-mapped files would need a higher vm.max_map_count in the kernel of the host.
    'node.store.allow_mmap': 'false',
    'xpack.security.enabled': String(hasPassword),
    'xpack.security.http.ssl.enabled': 'false',
  };
}

/** The variables of the image: it reads `_` as a dot and `__` as `_`. */
export function searchVariables(
  image: StoreImage,
  memory: Size,
  hasPassword: boolean,
): Record<string, Template> {
  const heap = Math.floor(memory.bytes / 2 / 1024 ** 2);
  const settings = readsVariables(image) ? Object.entries(settingsOf(hasPassword)) : [];
  const variables = {
    ES_JAVA_OPTS: `-Xms${heap}m -Xmx${heap}m`,
    ES_PATH_CONF: '/tmp/config',
    ...Object.fromEntries(settings.map(([name, text]) => [variableOf(name), text])),
  };
  return Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, plain(text)]));
}

function variableOf(setting: string): string {
  return `ES_SETTING_${setting.replaceAll('_', '__').replaceAll('.', '_').toUpperCase()}`;
}

const argument = /^-E\s*([a-z0-9_.-]+)=(.*)$/is;

/** The lines of elasticsearch.yml for what no variable says. */
export function searchConfiguration(
  image: StoreImage,
  args: readonly string[],
  hasPassword: boolean,
): string[] {
  const own = readsVariables(image) ? [] : Object.entries(settingsOf(hasPassword));
  const given = args.flatMap((text): [string, string][] => {
    const [, name, value] = argument.exec(text) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return [...own, ...given].map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
}

/** Settings that a stack may not write, and what to write instead. */
const own: Readonly<Record<string, string>> = {
  'discovery.type': 'nothing in its place, because it is one node already',
  'http.port': 'nothing in its place, because the port is always 9200',
  'network.host': 'nothing in its place, because only components that refer to it can connect',
  'node.store.allow_mmap': 'nothing in its place, because a container cannot change the kernel of its host',
  'path.data': 'nothing in its place, because the component knows the folder of its volume',
  'xpack.security.enabled': 'the prop noPassword',
  'xpack.security.http.ssl.enabled': 'nothing in its place, because the network of the application is closed',
};

/** Variables of the image that a stack may not write. */
const ownVariables: Readonly<Record<string, string>> = {
  ELASTIC_PASSWORD:
    'nothing in its place, because the password is a secret that is named after the component',
  ELASTIC_PASSWORD_FILE:
    'nothing in its place, because the password is a secret that is named after the component',
  ES_PATH_CONF: 'nothing in its place, and args for settings',
};

/** What is wrong with the arguments, which are settings: `-Ename=value`. */
export function searchArgumentProblems(args: readonly string[]): Problem[] {
  return args.flatMap((text): Problem[] => {
    const [, name] = argument.exec(text) ?? [];
    if (name === undefined) {
      const write = "settings alone, such as ['-Ehttp.max_content_length=200mb']";
      return [
        problem('args', text, `args has ${JSON.stringify(text)}, which is no setting: write ${write}`, write),
      ];
    }
    return has('args', name, ownField(own, name));
  });
}

/** What is wrong with the names of variables. */
export function searchVariableProblems(names: readonly string[]): Problem[] {
  return names.flatMap((name) => {
    const setting = Object.keys(own).find((one) => one === name || variableOf(one) === name);
    return has('env', name, ownField(own, setting ?? '') ?? ownField(ownVariables, name));
  });
}

function ownField(texts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

function has(field: string, name: string, write: string | undefined): Problem[] {
  if (write === undefined) return [];
  return [problem(field, name, `${field} has ${name}, which is not possible here: write ${write}`, write)];
}

function problem(field: string, got: string, sentence: string, write: string): Problem {
  return { field, got, write, sentence };
}
