import {
  Backend,
  docker,
  Health,
  Image,
  kubernetes,
  Migration,
  Schedule,
  ScheduledJob,
  Size,
  Worker,
  type Application,
} from 'catamaran';
import { hasNoShell } from '../../../constructs/components/shell';
import { pinImages, usedImages } from '../../../constructs/compile/pins';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  workloadOfApp,
} from '../../support/application';
import { projectOf } from '../../support/project';
import { afterKubelet } from '../../parity/support';
import { podOf, serviceOf } from '../../support/written';

describe('a Dockerfile', () => {
  test.each([
    ['FROM scratch\nCOPY app /\nENTRYPOINT ["/app"]\n'],
    ['FROM golang:1.25 AS build\nRUN go build\n\nFROM scratch\nCOPY --from=build /src/app /app\n'],
    ['FROM golang AS build\nfrom gcr.io/distroless/static-debian12:nonroot\ncopy --from=build /app /\n'],
    ['FROM --platform=linux/amd64 gcr.io/distroless/base AS base\nFROM base\nCOPY app \\\n  /app\n'],
  ])('of an image without a shell: %j', (text) => {
    expect(hasNoShell(text)).toBe(true);
  });

  test.each([
    [''],
    ['FROM scratch\n'],
    ['FROM debian:12-slim\nCOPY app /app\n'],
    ['FROM scratch AS files\nCOPY app /app\nFROM debian:12-slim\nCOPY --from=files / /srv\n'],
    ['FROM scratch\nADD rootfs.tar.xz /\n'],
    ['FROM debian AS build\nFROM scratch\nCOPY --from=build / /\n'],
    ['FROM busybox AS tools\nFROM gcr.io/distroless/static\nCOPY --from=tools /bin/sh /bin/sh\n'],
    ['FROM gcr.io/distroless/static:debug\nCOPY app /app\n'],
  ])('of an image that may have one: %j', (text) => {
    expect(hasNoShell(text)).toBe(false);
  });
});

const bare = { image: 'api:1', port: 8000, shell: 'none' } as const;

test('a built image without a shell is known by its Dockerfile, and a stack may say otherwise', () => {
  const folder = projectOf({ 'api/Dockerfile': 'FROM scratch\nCOPY api /\n' });
  const kindOf = (props: { readonly shell?: 'sh' | 'none' }) => {
    const model = modelOfApp(
      (app) =>
        new Backend(app, 'api', {
          ...props,
          image: Image.build('api'),
          port: 8000,
          health: Health.none('a'),
        }),
      onDocker,
      { folder },
    );
    return model.workloads[0]?.shell;
  };
  expect(kindOf({})).toEqual({ kind: 'none', toolbox: { kind: 'reference', reference: 'busybox:1.37' } });
  expect(kindOf({ shell: 'sh' })).toEqual({ kind: 'own' });
});

test('Docker refuses a check that nothing in the image can ask, until the environment does without it', () => {
  const build = (app: Application) => {
    const api = new Backend(app, 'api', bare);
    new Worker(app, 'worker', { image: 'worker:1', waitsFor: [api] });
  };
  expect(issuesOfApp(build, onDocker)).toEqual([
    'shop/api: Docker refuses shell: the engine runs a health check in the container, and an image without a shell has ' +
      'nothing that can ask by HTTP or TCP; without a check, others wait only until it has started. Write health: ' +
      'Health.command([…]) with a program of the image, Health.grpc() if the image has grpc_health_probe, ' +
      "Health.none('why'), or shell: 'sh' if the image has a shell; or accept this with accept: ['shell'] in " +
      'environment dev',
  ]);
  const planned = planOfApp(build, docker({ accept: ['shell'] }));
  expect(serviceOf(planned, 'api').healthcheck).toEqual({ disable: true });
  expect(serviceOf(planned, 'worker').depends_on).toEqual({ api: { condition: 'service_started' } });
});

test('what needs a shell is told where the image has none', () => {
  const build = (app: Application) =>
    new Backend(app, 'api', {
      ...bare,
      command: ['/bin/sh', '-c', 'serve'],
      health: Health.command(['sh', '-c', 'true']),
      liveness: Health.command(['/alive']),
      scratch: [{ path: '/srv/data', size: Size.mebibytes(1), medium: 'disk', content: 'image' }],
    });
  const write = "write a program of the image, because its image has no shell, or shell: 'sh' if it has one";
  for (const place of [onDocker, onKubernetes])
    expect(issuesOfApp(build, place)).toEqual([
      `shop/api: command is "/bin/sh": ${write}`,
      `shop/api: health.command is "sh": ${write}`,
      'shop/api: scratch /srv/data starts with the content of an image without a shell, which nothing can copy: ' +
        "write content: 'empty'",
    ]);
});

test('Docker refuses a schedule without a shell, whatever the environment accepts', () => {
  const build = (app: Application) =>
    new ScheduledJob(app, 'night', {
      ...{ image: 'api:1', shell: 'none', command: ['/run'] },
      schedule: Schedule.cron('@daily'),
    });
  expect(issuesOfApp(build, onDocker)).toEqual([
    "shop/night: shell is 'none', which Docker refuses for a job with a schedule: write an image with sh, date and " +
      'timeout, because a script in it starts the runs on Docker',
  ]);
  expect(workloadOfApp('night', build, kubernetes({ namespace: 'shop' })).shell.kind).toBe('none');
});

test('the check of a migration without a shell is repeated by the kubelet', () => {
  const planned = planOfApp(
    (app) => {
      const migration = new Migration(app, 'migration', {
        ...{ image: 'migrate:1', shell: 'none', command: ['/migrate', 'up'], check: ['/migrate', 'check'] },
      });
      new Worker(app, 'worker', { image: 'worker:1', shell: 'none', waitsFor: [migration] });
    },
    kubernetes({ namespace: 'shop' }),
  );
  const [gate] = podOf(planned, 'worker').initContainers ?? [];
  expect(gate?.image).toBe('migrate:1');
  expect(afterKubelet(gate?.command)).toEqual(['/migrate', 'check']);
});

test('the image of the toolbox is one of the environment, and pinned as all others', () => {
  const toolbox = 'registry.example.com/busybox:1.37';
  const model = modelOfApp((app) => new Backend(app, 'api', bare), kubernetes({ namespace: 'a', toolbox }));
  expect(usedImages(model).map(({ name }) => name)).toEqual(['api:1', toolbox]);
  const digest = `sha256:${'a'.repeat(64)}`;
  const pinned = pinImages(model, new Map([[toolbox, { digest, platforms: [] }]]));
  expect(pinned.workloads[0]?.shell).toEqual({
    kind: 'none',
    toolbox: { kind: 'reference', reference: `${toolbox}@${digest}` },
  });
  const wrong = kubernetes({ namespace: 'a', toolbox: 'busybox' });
  expect(issuesOfApp((app) => new Backend(app, 'api', bare), wrong)).toEqual([
    'shop (dev): toolbox is "busybox": write busybox:1.37',
  ]);
});
