import { Backend, ExternalApi, type Component } from 'catamaran';
import { application, issuesOfApp, onDocker, type Build, withProps } from '../../../support/application';

describe('a component of another application', () => {
  const other = () =>
    new Backend(
      application(() => undefined, onDocker, { name: 'other' }),
      'api',
      {
        image: 'api:1.0',
        port: 8000,
      },
    );
  const write = 'a component of shop, or an external service';

  test('cannot be referenced', () => {
    expect(issuesOfApp(withProps({ env: { API_URL: other().url } }))).toContain(
      `shop/api: env.API_URL is "other/api": write ${write}`,
    );
  });

  test('cannot be waited for', () => {
    expect(issuesOfApp(withProps({ waitsFor: [other()] }))).toEqual([
      `shop/api: waitsFor is "other/api": write ${write}`,
    ]);
  });
});

test('a circle in the start order is refused', () => {
  const ring: Build = (app) => {
    const waits: Component[] = [];
    const first = new Backend(app, 'first', { image: 'api:1.0', port: 8000, waitsFor: waits });
    const second = new Backend(app, 'second', { image: 'api:1.0', port: 8000, waitsFor: [first] });
    waits.push(new Backend(app, 'third', { image: 'api:1.0', port: 8000, waitsFor: [second] }));
  };
  expect(issuesOfApp(ring)).toEqual([
    'shop/first: waitsFor is "first -> third -> second -> first": write a start order that is not a ' +
      'circle; later(() => first.url) refers without waiting',
  ]);
});

test('an address that is no URL is refused', () => {
  const build: Build = (app) => {
    const mail = new ExternalApi(app, 'mail', { url: 'mail.example.com' });
    withProps({ env: { MAIL_URL: mail.url } })(app);
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/mail: url is "mail.example.com": write an absolute URL, such as https://api.example.com/v1',
  ]);
});
