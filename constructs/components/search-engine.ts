import type { Construct } from 'constructs';
import { backupFolder, type Backup, type BackupRecipe } from './backup/backup';
import { requireProps } from './component';
import { DurableService } from './databases/durable-service';
import exporter from './backup/search-export.py';
import { shellQuote } from './backup/shell';
import start from './search-engine-start.sh';
import { Health, type HealthTiming } from '../values/health';
import type { ImageSource } from '../values/image';
import { oneLine } from '../model/program';
import { plain, type Template } from '../model/template';
import { Cpu, Duration, Size } from '../model/units';
import type { Workload } from '../model/workload';
import type { Amount } from '../values/sizing';
import { anyUser, toUser } from '../values/user';

/** What a search engine takes. */
export interface SearchEngineProps {
  /** @default docker.elastic.co/elasticsearch/elasticsearch:9.1.4 */
  readonly image?: ImageSource;
  /** @default 4 GiB */
  readonly storage?: Size;
  /** @default 500 millicores requested, 1 core at most */
  readonly cpu?: Amount<Cpu>;
  /** Half of the limit is the heap. @default 2 GiB */
  readonly memory?: Amount<Size>;
  /** The rhythm of its health check. @default every 10 s, 5 retries, 2 minutes to start */
  readonly health?: HealthTiming;
  /** When its indices are written to a file, and which files stay. @default never */
  readonly backup?: Backup;
}

const port = 9200;
const secretFolder = '/run/secrets/search';
const home = '/usr/share/elasticsearch';

/**
 * Elasticsearch 8 or 9: one node, with the password of the user `elastic`; or the managed service that an
 * environment has in its place.
 * @see https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-configure
 */
export class SearchEngine extends DurableService {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SearchEngineProps = {},
  ) {
    const { image, cpu, memory } = requireProps(
      scope,
      id,
      props,
      'nothing, or { memory: Size.gibibytes(4) }',
    );
    super(scope, id, port, props.backup, {
      image: image ?? 'docker.elastic.co/elasticsearch/elasticsearch:9.1.4',
      cpu: cpu ?? { request: Cpu.millicores(500), limit: Cpu.cores(1) },
      memory: memory ?? Size.gibibytes(2),
      processes: 4096,
      grace: Duration.minutes(1),
      // All that it reads is for everybody; what it writes is in folders of ours.
      user: anyUser(1000, 0),
      scratch: [
        { path: '/tmp', size: Size.mebibytes(128), medium: 'disk' },
        { path: `${home}/logs`, size: Size.mebibytes(64), medium: 'disk' },
      ],
    });
  }

  protected template(host: string, managed: boolean): Template {
    return [`${managed ? 'https' : 'http'}://elastic:`, { secret: this.password.key }, `@${host}`];
  }

  protected ownWorkload(): Workload {
    const { props, settings } = this;
    const timing = {
      every: Duration.seconds(10),
      retries: 5,
      startPeriod: Duration.minutes(2),
      ...props.health,
    };
    const workload = this.workload({
      run: 'stateful',
      secretFiles: [{ path: secretFolder, files: { password: this.password.key } }],
      volumes: [
        {
          name: 'data',
          path: `${home}/data`,
          size: settings.storage ?? props.storage ?? Size.gibibytes(4),
          ownership: 'image',
        },
      ],
      ports: [{ name: 'http', number: port }],
      readiness: Health.command(['sh', '-c', healthy], timing).toModel(),
      liveness: Health.tcp(timing).toModel(port),
      gate: {
        kind: 'check',
        check: { kind: 'command', command: answering(this.name) },
        memory: Size.mebibytes(64),
      },
    });
    return {
      ...workload,
      // The image takes the password's file in modes alone that no secret of Kubernetes has, and writes its keystore
      // beside its configuration.
      entrypoint: ['sh', '-c', oneLine(start)],
      variables: { ...variables(workload.memory.limit), ...workload.variables },
    };
  }

  // Its own image has no program that reads JSON; files of its snapshots would lie beside the data. The program writes
  // all indices to one file of compressed lines: for each index a line of its own, then one for each document, and at
  // the end how many those are. Python's own modules are enough. No line of it looks like a secret or a login, as
  // scanners of ConfigMaps read it.
  // See https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-scroll
  protected recipe(): BackupRecipe {
    const url = `http://${this.name}:${port}`;
    return {
      extension: 'ndjson.gz',
      functions: `export SEARCH_URL=${shellQuote(url)} PASSWORD_FILE=${secretFolder}/password\n${functions}`,
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

/** Settings by the names that every platform takes: `_` for a dot, `__` for `_`. */
function variables(memory: Size): Record<string, Template> {
  const heap = Math.floor(memory.bytes / 2 / 1024 ** 2);
  const settings = {
    ES_JAVA_OPTS: `-Xms${heap}m -Xmx${heap}m`,
    ES_PATH_CONF: '/tmp/config',
    ES_SETTING_DISCOVERY_TYPE: 'single-node',
    // Mapping files takes a setting of the kernel that belongs to the host.
    ES_SETTING_NODE_STORE_ALLOW__MMAP: 'false',
    ES_SETTING_XPACK_SECURITY_ENABLED: 'true',
    ES_SETTING_XPACK_SECURITY_HTTP_SSL_ENABLED: 'false',
  };
  return Object.fromEntries(Object.entries(settings).map(([name, text]) => [name, plain(text)]));
}

// The password is never an argument, as those are seen in process lists.
const healthy =
  `printf 'user = "elastic:%s"' "$(cat ${secretFolder}/password)" | ` +
  `curl -fsSo /dev/null --config - 'http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=2s'`;

// An answer that asks for the password is an answer: the gate of a dependent has no password to show.
function answering(host: string): readonly string[] {
  return ['sh', '-c', `curl -sSo /dev/null -w '%{http_code}' http://${host}:${port}/ | grep -Eq '200|401'`];
}
