import { Backend, Cpu, docker, Duration, hostPort, Route, ReverseProxy, Size } from 'catamaran';
import { modelOfApp } from '../../support/application';

test('a model is plain data, also where a stack has given values that refuse to become a string', () => {
  const model = modelOfApp(
    (app) => {
      const api = new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        cpu: Cpu.cores(1),
        memory: Size.mebibytes(64),
        grace: Duration.seconds(5),
      });
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { timeout: Duration.minutes(2) })] });
    },
    docker({ components: { proxy: { expose: hostPort(8080) } } }),
  );
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
});
