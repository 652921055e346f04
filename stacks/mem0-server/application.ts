import { Application, Backend, Health, Image, Secret, type Environment } from 'catamaran';

/** Stores what assistants remember about their users. All settings come from the environment's .env file. */
export class Mem0Server extends Application {
  constructor(environment: Environment) {
    super('mem0-server', environment, { folder: __dirname, owner: { email: 'mem0@example.org' } });

    new Backend(this, 'server', {
      image: Image.build('server'),
      port: 25045,
      health: Health.http('/health'),
      env: {
        MEM0_API_KEY: Secret.random('MEM0_API_KEY'),
        ...Secret.variables('MEM0_DEFAULT_USER', 'MEM0_LOG_LEVEL', 'MEM0_MAX_TEXT', 'MEM0_SEARCH_LIMIT'),
      },
      exceptions: { 'secrets-in-files': 'all its settings are lines of one env file' },
      volumes: { memories: { path: '/data', ownership: 'image' } },
      publish: 25045,
    });
  }
}
