import { isPlainMapping } from '../constructs/model/data';
import { platforms } from '../constructs/model/image';
import { isReservedKey, stopSignals } from '../constructs/model/process';
import type { Template } from '../constructs/model/template';
import { kindOf, optional, type Kind, type Problem, type Shape } from '../constructs/shape/kind';
import { listOf, recordOf, texts } from '../constructs/shape/lists';
import { checkFields, object } from '../constructs/shape/object';
import { flag, number, oneOf, text } from '../constructs/shape/words';
import type {
  Attachment,
  Container,
  EngineBuild,
  HealthCheck,
  MountedFiles,
  Network,
  PublishedPort,
} from './container';
import type { EngineDns, EngineLogging, EngineOptions } from './engine-options';

const aText = text();
const someTexts = texts('a list of texts');
const aNumber = number('a number');
const textsByName = recordOf(aText, 'an object with texts');

/** A list of objects of a shape. */
function objects<Item extends object>(title: string, shape: Shape<Item>): Kind<readonly Item[]> {
  const write = `{ ${Object.keys(shape).join(', ')} }`;
  return listOf(object(shape, { title, write }), `a list of ${write}`);
}

const dnsShape: Shape<EngineDns> = {
  servers: optional(someTexts),
  options: optional(someTexts),
  search: optional(someTexts),
};

const loggingShape: Shape<EngineLogging> = { driver: aText, options: optional(textsByName) };

const engineShape: Shape<EngineOptions> = {
  capabilities: optional(texts("a list, such as ['NET_BIND_SERVICE']")),
  devices: optional(objects('a field of a device', { host: aText, container: aText, permissions: aText })),
  cgroupParent: optional(aText),
  cpuSet: optional(aText),
  dns: optional(object(dnsShape, { title: 'a field of dns', write: '{ servers, options, search }' })),
  groups: optional(someTexts),
  hostname: optional(aText),
  hosts: optional(textsByName),
  labels: optional(textsByName),
  logging: optional(object(loggingShape, { title: 'a field of logging', write: "{ driver: 'journald' }" })),
  runtime: optional(aText),
  security: optional(someTexts),
  sharedMemory: optional(aNumber),
  sysctls: optional(textsByName),
  ulimits: optional(
    recordOf(
      object({ soft: aNumber, hard: aNumber }, { title: 'a field of a limit', write: '{ soft, hard }' }),
      'an object, such as { nofile: { soft: 1024, hard: 2048 } }',
    ),
  ),
};

const filesShape: Shape<MountedFiles> = {
  id: aText,
  path: aText,
  files: textsByName,
  modes: optional(recordOf(aNumber, 'an object with numbers, such as { run: 0o555 }')),
  beside: optional(someTexts),
};

const networkShape: Shape<Network> = { name: aText, kind: oneOf('edge', 'publish', 'outbound') };

const attachmentShape: Shape<Attachment> = {
  network: object(networkShape, { title: 'a field of a network', write: '{ name, kind }' }),
  aliases: someTexts,
};

const buildShape: Shape<EngineBuild> = {
  context: aText,
  dockerfile: aText,
  target: optional(aText),
  args: optional(textsByName),
  secrets: optional(textsByName),
};

const healthShape: Shape<HealthCheck> = {
  command: someTexts,
  interval: aNumber,
  timeout: aNumber,
  retries: aNumber,
  startPeriod: aNumber,
};

const template: Kind<Template> = kindOf((value) => {
  const isPart = (part: unknown) =>
    typeof part === 'string' || (isPlainMapping(part) && typeof part['secret'] === 'string');
  return Array.isArray(value) && value.every(isPart) ? undefined : "a list of parts, such as ['a text']";
});

const publishShape: Shape<PublishedPort> = {
  port: aNumber,
  target: aNumber,
  address: aText,
  protocol: optional(oneOf('tcp', 'udp')),
};

const containerShape: Shape<Container> = {
  name: aText,
  replicas: aNumber,
  image: aText,
  toolbox: aText,
  builds: objects('a field of a build', buildShape),
  entrypoint: someTexts,
  command: someTexts,
  environment: recordOf(template, "an object, such as { LOG_LEVEL: ['info'] }"),
  configs: objects('a field of files', filesShape),
  secrets: objects('a field of files', filesShape),
  volumes: objects('a field of a volume', { name: aText, path: aText, ownership: oneOf('image', 'target') }),
  shared: objects('a field of a shared volume', {
    name: aText,
    path: aText,
    access: oneOf('read-only', 'read-write'),
  }),
  binds: objects('a field of a bind mount', { folder: aText, path: aText, readOnly: flag }),
  tmpfs: objects('a field of a folder in memory', { path: aText, size: aNumber }),
  imageFolders: objects('a field of a folder of the image', { id: aText, path: aText }),
  readOnly: flag,
  capabilities: texts("a list, such as ['NET_BIND_SERVICE']"),
  user: object({ uid: aNumber, gid: aNumber }, { title: 'a field of user', write: '{ uid, gid }' }),
  groups: listOf(aNumber, 'a list of numbers'),
  networks: objects('a field of a connection', attachmentShape),
  publish: objects('a field of a published port', publishShape),
  cpus: aNumber,
  cpuShares: aNumber,
  memory: aNumber,
  memoryReservation: aNumber,
  pids: aNumber,
  health: objects('a field of a health check', healthShape),
  imageHealth: oneOf('kept', 'off'),
  after: objects('a field of a start condition', {
    name: aText,
    until: oneOf('started', 'ready', 'completed'),
  }),
  run: oneOf('service', 'stateful', 'once', 'scheduled'),
  labels: textsByName,
  workingDirectory: aText,
  terminal: oneOf('none', 'tty'),
  stdin: oneOf('closed', 'open'),
  init: oneOf('program', 'reaper'),
  stopSignal: oneOf('image', ...stopSignals),
  platform: oneOf('any', ...platforms),
  grace: aNumber,
  patience: aNumber,
  engine: object(engineShape, {
    title: 'an option of the engine',
    write: "an object, such as { capabilities: ['NET_BIND_SERVICE'] }",
  }),
};

/** What is wrong with a container that an override has returned. */
export function containerProblems(container: object): readonly Problem[] {
  const { right, problems } = checkFields(container as Container, containerShape, 'a field of a container');
  return [...problems, ...engineProblems(right.engine)];
}

/** Options of the engine that one of the two ways to run a container would leave out or change. */
function engineProblems(engine: EngineOptions | undefined): readonly Problem[] {
  const { labels = {}, sharedMemory } = engine ?? {};
  const own = Object.keys(labels).filter(isReservedKey);
  return [
    ...own.map((key) => ({
      field: 'engine.labels',
      got: key,
      write: 'another key, because others set this label themselves',
    })),
    ...(sharedMemory === undefined || (sharedMemory > 0 && sharedMemory % 1024 ** 2 === 0)
      ? []
      : [
          {
            field: 'engine.sharedMemory',
            got: sharedMemory,
            write: 'a number of bytes that is a multiple of 1 MiB',
          },
        ]),
  ];
}
