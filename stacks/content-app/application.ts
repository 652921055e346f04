import {
  Application,
  Backend,
  ExternalApi,
  Frontend,
  Health,
  Image,
  Secret,
  type Environment,
} from 'catamaran';

/** Pages about topics: a frontend for visitors, and a backend that lets an API write texts. Only the backend has its key. */
export class ContentApp extends Application {
  constructor(environment: Environment) {
    super('content-app', environment, { folder: __dirname, owner: { email: 'content@example.org' } });

    const openai = new ExternalApi(this, 'openai', { url: 'https://api.openai.com/v1' });
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 8000,
      health: Health.http('/health'),
      env: {
        OPENAI_BASE_URL: openai.url,
        OPENAI_MODEL: 'gpt-4o-mini',
        // A file, because process lists and `docker inspect` show variables.
        OPENAI_API_KEY_FILE: Secret.named('OPENAI_API_KEY').file,
      },
    });
    new Frontend(this, 'frontend', {
      kind: 'server',
      image: Image.build('frontend'),
      port: 25007,
      health: Health.http('/health'),
      env: { BACKEND_URL: backend.url },
      publish: 25007,
    });
  }
}
