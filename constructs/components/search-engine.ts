import type { Construct } from 'constructs';
import { backupFolder, type BackupRecipe } from './backup/backup';
import { backupKind, type Backup } from '../values/backup';
import { checkProps } from './component';
import type { UrlForm } from './databases/connection-url';
import type { StoreNames } from './databases/data-service';
import { DurableService } from './databases/durable-service';
import exporter from './backup/search-export.py';
import start from './search/search-engine-start.sh';
import { storeImage, type StoreImage } from './databases/store-image';
import {
  searchArgumentProblems,
  searchConfiguration,
  searchImageNames,
  searchImageProblem,
  searchVariableProblems,
  searchVariables,
} from './search/search-settings';
import { optional, type Shape } from '../shape/kind';
import { programArguments } from '../shape/lists';
import { text } from '../shape/words';
import { cpuAmount, memoryAmount, size } from '../shape/units';
import { Health, timingKind, type HealthTiming } from '../values/health';
import { imageKind, type ImageSource } from '../values/image';
import { noPasswordKind, type NoPassword } from '../values/no-password';
import { variablesKind, type EnvironmentValue } from '../values/variable';
import { filled, oneLine, shellQuote } from '../model/program';
import { Cpu, Duration, Size } from '../model/units';
import type { Workload } from '../model/workload';
import type { Amount } from '../values/sizing';
import { anyUser, toUser } from '../values/user';
import { internalPort } from '../model/network';

/** The props of a search engine. */
export interface SearchEngineProps {
  /**
   * An image of Elasticsearch 7.1 or newer, also that of Docker Hub.
   * @default docker.elastic.co/elasticsearch/elasticsearch:9.1.4
   */
  readonly image?: ImageSource;
  /**
   * The version of Elasticsearch in the image. Needed for version 7 if neither the name of the image nor the last FROM of its
   * Dockerfile tells it. @default the version that the image's tag starts with, or else the newest
   * @example '7.17'
   */
  readonly version?: string;
  /**
   * Settings, as the command line of Elasticsearch takes them. Those that the component makes itself are refused.
   * @default none
   * @example ['-Ehttp.max_content_length=200mb']
   */
  readonly args?: readonly string[];
  /**
   * Environment variables of the image, added to those of the component. ES_JAVA_OPTS replaces the size of the Java heap.
   * @default none
   * @example { ES_JAVA_OPTS: '-Xms512m -Xmx512m' }
   */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /**
   * That it asks for no password, and has no users: whoever may connect to it, may read and change all data. Only components
   * with a reference to it may connect. It counts as the need `no-password`, which an environment can forbid.
   * @default it has a password
   * @example { reason: 'an image of others cannot send one' }
   */
  readonly noPassword?: NoPassword;
  /** The size of the volume. @default 4 GiB */
  readonly storage?: Size;
  /** CPU request and limit. @default a request of 500 millicores and a limit of 1 core */
  readonly cpu?: Amount<Cpu>;
  /** Memory request and limit. Half of the limit is the Java heap. @default 2 GiB for both */
  readonly memory?: Amount<Size>;
  /** When the health checks run and fail. @default every 10 s, 5 retries, a start period of 2 minutes */
  readonly health?: HealthTiming;
  /** When to back up all indices, and how many backups to keep. @default no backups */
  readonly backup?: Backup;
}

const searchShape: Shape<SearchEngineProps> = {
  image: optional(imageKind),
  version: optional(text("the version of Elasticsearch in the image, such as '7.17'")),
  args: optional(programArguments),
  env: optional(variablesKind),
  noPassword: optional(noPasswordKind),
  storage: optional(size),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  health: optional(timingKind),
  backup: optional(backupKind),
};

const port = 9200;
const secretFolder = '/run/secrets/search';
const home = '/usr/share/elasticsearch';

/**
 * Elasticsearch with one node and a password for the user `elastic`. An environment can replace it with a
 * managed service.
 *
 * @throws IssuesError if the props are not an object
 * @example
 * const search = new SearchEngine(this, 'search', { storage: Size.gibibytes(10) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { SEARCH_URL: search.url } });
 * @see https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-configure
 */
export class SearchEngine extends DurableService {
  private readonly props: SearchEngineProps;
  private readonly known: StoreImage;

  constructor(scope: Construct, id: string, props: SearchEngineProps = {}) {
    const checked = checkProps(scope, id, props, {
      of: 'SearchEngine',
      shape: searchShape,
      write: '{ memory: Size.gibibytes(4) }, or leave it out',
    });
    const { cpu, memory, backup, noPassword, args = [] } = checked;
    const image = checked.image ?? 'docker.elastic.co/elasticsearch/elasticsearch:9.1.4';
    super(scope, id, port, backup, {
      container: {
        image,
        ...(checked.env && { env: checked.env }),
        cpu: cpu ?? { request: Cpu.millicores(500), limit: Cpu.cores(1) },
        memory: memory ?? Size.gibibytes(2),
        processes: 4096,
        grace: Duration.minutes(1),
        // Any user can run the image: every user can read its files, and it writes only to its volume and these folders.
        user: anyUser(1000, 0),
        scratch: [
          { path: '/tmp', size: Size.mebibytes(128), medium: 'disk' },
          { path: `${home}/logs`, size: Size.mebibytes(64), medium: 'disk' },
        ],
      },
      noPassword,
    });
    this.props = checked;
    this.known = storeImage(image, this.application.folder, checked.version, { names: searchImageNames });
    const write = searchImageProblem(this.known);
    if (write !== undefined) this.report({ field: 'image', got: this.known.text, write });
    for (const problem of searchArgumentProblems(args)) this.report(problem);
    const names = Object.keys({ ...checked.env, ...this.settings.env });
    for (const problem of searchVariableProblems(names)) this.report(problem);
  }

  protected get names(): StoreNames {
    return this.namesOf({ username: 'elastic', database: '' });
  }

  protected urlForm(managed: boolean): UrlForm {
    const user = this.hasPassword ? this.names.username : '';
    return { scheme: managed ? 'https' : 'http', user, database: '', query: {}, tls: () => ({}) };
  }

  protected serviceWorkload(): Workload {
    const { props, settings } = this;
    const timing = {
      every: Duration.seconds(10),
      retries: 5,
      startPeriod: Duration.minutes(2),
      ...props.health,
    };
    const workload = this.workload({
      run: 'stateful',
      secretFiles: this.hasPassword ? [{ path: secretFolder, files: { password: this.passwordKey } }] : [],
      volumes: [
        {
          name: 'data',
          path: `${home}/data`,
          size: settings.storage ?? props.storage ?? Size.gibibytes(4),
          ownership: 'image',
        },
      ],
      ports: [internalPort('http', port)],
      readiness: Health.command(['sh', '-c', healthy(this.hasPassword)], timing).toModel(),
      liveness: Health.tcp(timing).toModel(port),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: answering(this.name) },
        memory: Size.mebibytes(64),
      },
    });
    return {
      ...workload,
      entrypoint: ['sh', '-c', oneLine(this.startProgram())],
      variables: {
        ...searchVariables(this.known, workload.memory.limit, this.hasPassword),
        ...workload.variables,
      },
    };
  }

  // The script reads the password into a variable, because the image refuses a password file with the mode that files of
  // Kubernetes Secrets have. It copies the configuration, because the image writes a keystore there.
  private startProgram(): string {
    const lines = searchConfiguration(this.known, this.props.args ?? [], this.hasPassword);
    const written = lines.map((line) => shellQuote(line)).join(' ');
    const steps = [
      ...(lines.length > 0 ? [`printf '%s\\n' ${written} >>/tmp/config/elasticsearch.yml &&`] : []),
      ...(this.hasPassword
        ? [`ELASTIC_PASSWORD="$(cat ${secretFolder}/password)" && export ELASTIC_PASSWORD &&`]
        : []),
    ];
    return filled(start, { STEPS: steps.join('\n  ') });
  }

  // The image of Elasticsearch has no program that reads JSON, so the backup runs Python. A snapshot of Elasticsearch
  // would be on the same volume as the data. The program writes one gzip file of JSON lines: a line for each index,
  // followed by a line for each of its documents, and a last line with the number of documents. It uses the standard
  // library only. No line of the program may look like a secret to scanners of ConfigMaps.
  // See https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-scroll
  protected recipe(): BackupRecipe {
    const url = `http://${this.name}:${port}`;
    // Without users, the server takes any login.
    const passwordFile = this.hasPassword ? `${secretFolder}/password` : '/dev/null';
    return {
      extension: 'ndjson.gz',
      functions: `export SEARCH_URL=${shellQuote(url)} PASSWORD_FILE=${passwordFile}\n${functions}`,
      programs: { 'search.py': exporter },
      image: { kind: 'reference', reference: 'python:3.13-slim' },
      user: toUser(),
      folder: '/var/tmp',
    };
  }
}

const functions = ['dump', 'verify', 'is_empty', 'load']
  .map((name) => `${name}() { python3 ${backupFolder}/search.py ${name} "$@"; }`)
  .join('\n');

// The password is not an argument, because process lists show arguments.
function healthy(hasPassword: boolean): string {
  const url = `'http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=2s'`;
  if (!hasPassword) return `curl -fsSo /dev/null ${url}`;
  return `printf 'user = "elastic:%s"' "$(cat ${secretFolder}/password)" | curl -fsSo /dev/null --config - ${url}`;
}

// Components that wait for Elasticsearch run this check. They have no password. The status 401, which means that
// Elasticsearch wants a password, also shows that it is ready.
function answering(host: string): readonly string[] {
  return ['sh', '-c', `curl -sSo /dev/null -w '%{http_code}' http://${host}:${port}/ | grep -Eq '200|401'`];
}
