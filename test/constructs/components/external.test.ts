import { Backend, ExternalApi } from 'catamaran';
import { workloadOfApp } from '../../support/application';
import { variable } from '../../support/variable';

test.each([
  ['https://api.example.com/v1', 'api.example.com', 443],
  ['http://api.example.com', 'api.example.com', 80],
  ['https://api.example.com:8443/v1', 'api.example.com', 8443],
  ['http://[2001:db8::1]:81/', '[2001:db8::1]', 81],
])('a web API at %s is reached at %s, port %d', (url, host, port) => {
  const api = workloadOfApp('api', (app) => {
    const external = new ExternalApi(app, 'mail', { url });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: external.url } });
  });
  expect(api.connections).toEqual([{ kind: 'external', name: 'mail', host, port, addresses: ['0.0.0.0/0'] }]);
  expect(variable(api, 'URL')).toBe(url);
  expect(api.after).toEqual([]);
});
