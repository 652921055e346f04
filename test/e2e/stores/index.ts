import {
  Application,
  backupVolume,
  defineStack,
  docker,
  envFile,
  Image,
  kubernetes,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  Schedule,
  SearchEngine,
  Size,
  type Backup,
  type Environment,
} from 'catamaran';

/** Every store that keeps data, with a backup of each: on Kubernetes, of two kinds. */
class Stores extends Application {
  constructor(environment: Environment) {
    super('stores', environment, { folder: __dirname });
    const backup: Backup = {
      schedule: Schedule.cron('0 2 * * *'),
      keep: 1,
      to: backupVolume(Size.mebibytes(64)),
    };
    const health = { every: { milliseconds: 1000 } };
    const props = { backup, health };
    new PostgresDatabase(this, 'postgres', props);
    new SearchEngine(this, 'search', { ...props, memory: Size.mebibytes(512) });
    if (environment.target === 'kubernetes') return;
    new MysqlDatabase(this, 'mysql', { ...props, memory: Size.mebibytes(512) });
    new MariadbDatabase(this, 'mariadb', props);
    new MongoDatabase(this, 'mongo', { ...props, image: Image.build('mongo') });
  }
}

export default defineStack(Stores, {
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({ namespace: 'stores-e2e', qualityOfService: 'burstable', secrets: envFile() }),
});
