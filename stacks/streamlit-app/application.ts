import { Application, Backend, Health, Image, ReverseProxy, Route, Size, type Environment } from 'catamaran';

/** A Streamlit server. A replica keeps the session of a visitor in memory, so all requests of a visitor go to it. */
export class StreamlitApp extends Application {
  constructor(environment: Environment) {
    super('streamlit-app', environment, { folder: __dirname, owner: { email: 'streamlit@example.org' } });

    const app = new Backend(this, 'app', {
      image: Image.build('app'),
      port: 8501,
      replicas: 2,
      health: Health.http('/_stcore/health'),
      memory: Size.mebibytes(512),
    });
    const visitors = { websocket: true, sticky: { cookie: 'replica' } };
    // Streamlit accepts uploads of up to 200 MB.
    const route = Route.path('/', app, { ...visitors, bodyLimit: Size.mebibytes(200) });
    new ReverseProxy(this, 'proxy', { routes: [route], publish: 8501 });
  }
}
