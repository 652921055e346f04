import { Application, Backend, Image, type Environment } from 'catamaran';
import { built, publishes, restarts, secretFile, variable, waits } from '../carriers';
import type { CorpusEntry } from '../entry';
import { mariadb, mariadbTable, nativePassword, nativePasswordTable } from '../mariadb';
import { nginxProps } from '../nginx';
import { dev, staging } from '../places';

class AspNet extends Application {
  constructor(environment: Environment) {
    super('nginx-aspnet-mysql', environment, { folder: __dirname });
    const db = mariadb(this, '10-focal', [nativePassword]);
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 8000,
      secretFiles: { '/run/secrets/db-password': db.password },
      env: { ASPNETCORE_URLS: 'http://+:8000' },
    });
    // Its image has the configuration, which names the backend.
    new Backend(this, 'proxy', {
      image: Image.build('proxy'),
      port: 80,
      publish: 80,
      connectsTo: [backend],
      waitsFor: [backend],
      ...nginxProps,
    });
  }
}

export const aspNet: CorpusEntry = {
  application: AspNet,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    ...mariadbTable('10-focal'),
    ...nativePasswordTable,
    'backend.build.context': built('backend', 'context', 'backend'),
    'backend.restart': restarts('backend'),
    'backend.secrets[0]': secretFile('backend', '/run/secrets/db-password', 'DB_PASSWORD'),
    'backend.depends_on.db.condition': waits('backend', 'db'),
    'backend.environment.ASPNETCORE_URLS': variable('backend', 'ASPNETCORE_URLS', 'http://+:8000'),
    'proxy.build': built('proxy', 'context', 'proxy'),
    'proxy.ports[0]': publishes('proxy', 80, 80),
    'proxy.depends_on.backend': waits('proxy', 'backend'),
  },
};
