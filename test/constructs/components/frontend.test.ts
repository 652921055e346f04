import { Frontend, Health } from 'catamaran';
import { workloadOfApp } from '../../support/application';

describe('a frontend', () => {
  test('of static files is an unprivileged nginx that answers unknown paths with the page', () => {
    const web = workloadOfApp('web', (app) => new Frontend(app, 'web', { kind: 'static', image: 'web:1.0' }));
    expect(web).toMatchObject({
      user: { uid: 101, gid: 101, binding: 'any' },
      ports: [{ number: 8080 }],
      run: 'service',
    });
    expect(web.files).toEqual([
      {
        path: '/etc/nginx/conf.d',
        files: {
          'default.conf': `server {
    listen 8080;
    root /usr/share/nginx/html;
    index index.html;
    server_tokens off;
    location / {
        try_files $uri $uri/ /index.html;
    }
}
`,
        },
      },
    ]);
    const site = workloadOfApp(
      'web',
      (app) =>
        new Frontend(app, 'web', {
          kind: 'static',
          image: 'web:1.0',
          singlePage: false,
          root: '/site',
          port: 9000,
        }),
    );
    const text = site.files[0]?.files['default.conf'];
    expect(text).toContain('try_files $uri $uri/ =404;');
    expect(text).toContain('root /site;');
    expect(text).toContain('listen 9000;');
  });

  test('of a program is a backend', () => {
    const web = workloadOfApp(
      'web',
      (app) =>
        new Frontend(app, 'web', { kind: 'server', image: 'web:1.0', port: 3000, health: Health.http('/') }),
    );
    expect(web).toMatchObject({ ports: [{ number: 3000 }], files: [], user: { uid: 10001 } });
    expect(web.readiness).toMatchObject({ check: { kind: 'http', port: 3000, path: '/' } });
  });
});
