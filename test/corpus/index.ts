import { angular } from './angular';
import { apachePhp } from './apache-php';
import { elastic } from './elasticsearch-logstash-kibana';
import type { CorpusEntry, RefusedEntry } from './entry';
import { fastapi } from './fastapi';
import { flaskRedis } from './flask-redis';
import { gitea } from './gitea-postgres';
import { nextcloud } from './nextcloud-postgres';
import { aspNet } from './nginx-aspnet-mysql';
import { flaskMongo } from './nginx-flask-mongo';
import { golang } from './nginx-golang';
import { golangMysql } from './nginx-golang-mysql';
import { pihole } from './pihole-cloudflared-DoH';
import { portainer } from './portainer';
import { monitoring } from './prometheus-grafana';
import { reactExpress } from './react-express-mongodb';
import { reactJava } from './react-java-mysql';
import { sparkjava } from './sparkjava';
import { springPostgres } from './spring-postgres';
import { traefikGolang } from './traefik-golang';
import { wordpress } from './wordpress-mysql';

/** The applications of the corpus that are carried whole, by the folder of their compose file. */
export const corpus: Readonly<Record<string, CorpusEntry>> = {
  angular,
  'apache-php': apachePhp,
  'elasticsearch-logstash-kibana': elastic,
  fastapi,
  'flask-redis': flaskRedis,
  'gitea-postgres': gitea,
  'nextcloud-postgres': nextcloud,
  'nginx-aspnet-mysql': aspNet,
  'nginx-flask-mongo': flaskMongo,
  'nginx-golang': golang,
  'nginx-golang-mysql': golangMysql,
  'pihole-cloudflared-DoH': pihole,
  'prometheus-grafana': monitoring,
  'react-express-mongodb': reactExpress,
  'react-java-mysql': reactJava,
  sparkjava,
  'spring-postgres': springPostgres,
  'wordpress-mysql': wordpress,
};

/** The applications that are refused: a container with the socket of the engine is as powerful as root of the host. */
export const refused: Readonly<Record<string, RefusedEntry>> = {
  portainer,
  'traefik-golang': traefikGolang,
};
