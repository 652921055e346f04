import type { Protocol } from './network';

/** The port that clients of a scheme use if a URL names none. */
export interface UsualPort {
  readonly port: number;
  readonly protocol: Protocol;
}

const tcp = (port: number): UsualPort => ({ port, protocol: 'tcp' });
const udp = (port: number): UsualPort => ({ port, protocol: 'udp' });

/**
 * The usual ports of the schemes of URLs. A scheme that two programs give different ports is not here, and neither is one
 * of any service, such as tcp: a URL must name its port then.
 *
 * Most of them are registered. The others are the defaults of the program itself: AMQP, Kafka, MongoDB, NATS, Neo4j, Pulsar,
 * Sentinel and StatsD.
 * @see https://www.iana.org/assignments/uri-schemes/uri-schemes.xhtml
 * @see https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml
 */
const usualPorts: Readonly<Record<string, UsualPort>> = {
  // The web
  http: tcp(80),
  https: tcp(443),
  ws: tcp(80),
  wss: tcp(443),
  // Mail. `smtps` and `submissions` are the same. https://www.rfc-editor.org/rfc/rfc8314
  smtp: tcp(25),
  smtps: tcp(465),
  submission: tcp(587),
  submissions: tcp(465),
  imap: tcp(143),
  imaps: tcp(993),
  pop: tcp(110),
  pop3: tcp(110),
  pop3s: tcp(995),
  // Files and shells
  ftp: tcp(21),
  ftps: tcp(990),
  sftp: tcp(22),
  ssh: tcp(22),
  'git+ssh': tcp(22),
  'svn+ssh': tcp(22),
  git: tcp(9418),
  svn: tcp(3690),
  rsync: tcp(873),
  nfs: tcp(2049),
  smb: tcp(445),
  cifs: tcp(445),
  // Directories
  ldap: tcp(389),
  ldaps: tcp(636),
  // Messages. https://docs.nats.io, https://kafka.apache.org/documentation/, https://pulsar.apache.org/docs/
  amqp: tcp(5672),
  amqps: tcp(5671),
  mqtt: tcp(1883),
  mqtts: tcp(8883),
  'secure-mqtt': tcp(8883),
  stomp: tcp(61_613),
  nats: tcp(4222),
  kafka: tcp(9092),
  pulsar: tcp(6650),
  'pulsar+ssl': tcp(6651),
  irc: tcp(6667),
  ircs: tcp(6697),
  xmpp: tcp(5222),
  // Databases and caches
  postgres: tcp(5432),
  postgresql: tcp(5432),
  mysql: tcp(3306),
  mariadb: tcp(3306),
  // A database found by its SRV records, whose servers listen at the usual port.
  mongodb: tcp(27_017),
  'mongodb+srv': tcp(27_017),
  mssql: tcp(1433),
  sqlserver: tcp(1433),
  oracle: tcp(1521),
  cockroachdb: tcp(26_257),
  cassandra: tcp(9042),
  redis: tcp(6379),
  rediss: tcp(6379),
  valkey: tcp(6379),
  valkeys: tcp(6379),
  'redis+sentinel': tcp(26_379),
  'redis-sentinel': tcp(26_379),
  memcached: tcp(11_211),
  neo4j: tcp(7687),
  'neo4j+s': tcp(7687),
  'neo4j+ssc': tcp(7687),
  bolt: tcp(7687),
  'bolt+s': tcp(7687),
  'bolt+ssc': tcp(7687),
  etcd: tcp(2379),
  zookeeper: tcp(2181),
  zk: tcp(2181),
  // Media and telephones
  rtsp: tcp(554),
  rtsps: tcp(322),
  rtmp: tcp(1935),
  rtmps: tcp(443),
  sip: udp(5060),
  sips: tcp(5061),
  // Others
  telnet: tcp(23),
  ipp: tcp(631),
  ipps: tcp(631),
  vnc: tcp(5900),
  rdp: tcp(3389),
  socks5: tcp(1080),
  dns: udp(53),
  ntp: udp(123),
  coap: udp(5683),
  coaps: udp(5684),
  statsd: udp(8125),
};

/** Schemes whose driver may be named after a `+`, as SQLAlchemy and others do: `postgresql+asyncpg`. */
const withDriver = [
  'postgresql',
  'postgres',
  'mysql',
  'mariadb',
  'mssql',
  'oracle',
  'cockroachdb',
  'amqp',
  'ldap',
];

/** The usual port of a scheme, such as 443 for `https`; undefined if it is not known. @param scheme in lower case */
export function usualPortOf(scheme: string): UsualPort | undefined {
  if (Object.hasOwn(usualPorts, scheme)) return usualPorts[scheme];
  const [base = '', driver] = scheme.split('+');
  return driver !== undefined && withDriver.includes(base) ? usualPorts[base] : undefined;
}

/** How the clients of a scheme connect. `udp` has no usual port. */
export function protocolOf(scheme: string): Protocol {
  return scheme === 'udp' ? 'udp' : (usualPortOf(scheme)?.protocol ?? 'tcp');
}
