import { Cpu, Frontend, Health } from 'catamaran';
import { nginxStartFile } from '../../../constructs/model/nginx';
import { workloadOfApp } from '../../support/application';

describe('a frontend', () => {
  test('of static files is an unprivileged nginx that answers unknown paths with the page', () => {
    const web = workloadOfApp('web', (app) => new Frontend(app, 'web', { kind: 'static', image: 'web:1.0' }));
    expect(web).toMatchObject({
      user: { uid: 101, gid: 101, binding: 'any' },
      ports: [{ number: 8080 }],
      run: 'service',
    });
    expect([web.entrypoint, web.arguments]).toEqual([
      [],
      ['sh', '/etc/nginx/conf.d/start.sh', '1', '8080', '--'],
    ]);
    expect(web.files).toEqual([
      {
        path: '/etc/nginx/conf.d',
        files: {
          'default.conf': `server {
    listen 8080;
    include /tmp/machine/ipv6-8080*.conf;
    root /usr/share/nginx/html;
    index index.html;
    server_tokens off;
    absolute_redirect off;
    large_client_header_buffers 4 64k;
    location / {
        try_files $uri $uri/ /index.html;
    }
}
`,
          ...nginxStartFile,
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
          cpu: Cpu.millicores(2001),
        }),
    );
    const text = site.files[0]?.files['default.conf'];
    expect(text).toContain('try_files $uri $uri/ =404;');
    expect(text).toContain('root /site;');
    expect(text).toContain('listen 9000;');
    expect(site.arguments).toEqual(['sh', '/etc/nginx/conf.d/start.sh', '3', '9000', '--']);
  });

  test.each([{ command: ['nginx'] }, { args: ['nginx'] }])(
    'of static files keeps a command of its own: %j',
    (own) => {
      const web = workloadOfApp(
        'web',
        (app) => new Frontend(app, 'web', { kind: 'static', image: 'web:1.0', ...own }),
      );
      expect([...web.entrypoint, ...web.arguments]).toEqual(['nginx']);
    },
  );

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
