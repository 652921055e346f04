import {
  Application,
  Backend,
  defineStack,
  docker,
  Duration,
  envFile,
  externalSecrets,
  generated,
  Health,
  kubernetes,
  sealedSecrets,
  Secret,
  type Environment,
} from 'catamaran';

/** Three programs of one image: one reads a secret from a file, one from a variable, one reads none,
 * but has a reference to the first. */
class Rotation extends Application {
  constructor(environment: Environment) {
    super('rotation', environment, { folder: __dirname });
    const props = {
      image: 'python:3.13-slim',
      command: ['python3', '-m', 'http.server', '8000', '--directory', '/tmp'],
      port: 8000,
      health: Health.http('/', { every: Duration.seconds(1) }),
      grace: Duration.seconds(1),
    };
    const file = new Backend(this, 'file', { ...props, env: { API_KEY_FILE: Secret.named('API_KEY').file } });
    new Backend(this, 'variable', { ...props, env: { TOKEN: Secret.random('TOKEN') } });
    new Backend(this, 'none', { ...props, env: { FILE_URL: file.url } });
  }
}

export default defineStack(Rotation, {
  written: docker({ secrets: envFile() }),
  applied: docker({ secrets: generated({ others: envFile() }) }),
  cluster: kubernetes({
    namespace: 'rotation-e2e',
    qualityOfService: 'burstable',
    secrets: generated({ others: envFile() }),
    data: 'delete',
  }),
  external: kubernetes({
    context: 'one-cluster',
    namespace: 'rotation-schemas-e2e',
    secrets: externalSecrets({ store: 'vault', key: 'rotation' }),
  }),
  sealed: kubernetes({
    context: 'another-cluster',
    namespace: 'rotation-schemas-e2e',
    secrets: sealedSecrets({ file: 'sealed.yaml' }),
  }),
});
