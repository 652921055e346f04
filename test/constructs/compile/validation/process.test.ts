import { Image, Migration, Schedule, ScheduledJob, type BackendProps } from 'catamaran';
import { issuesOfApp, withProps } from '../../../support/application';
import { projectOf } from '../../../support/project';

test.each<[Partial<BackendProps>, string]>([
  [
    { workingDirectory: 'srv/app' },
    'workingDirectory is "srv/app": write an absolute path, such as /srv/app',
  ],
  [{ workingDirectory: '/srv/app/' }, 'workingDirectory is "/srv/app/": write /srv/app'],
  [{ workingDirectory: '/srv/../app' }, 'workingDirectory is "/srv/../app": write /app'],
  [
    { labels: { 'catamaran.workload': 'x' } },
    'labels has the key "catamaran.workload", which others set themselves: write another key',
  ],
  [
    { labels: { 'app.kubernetes.io/name': 'x' } },
    'labels has the key "app.kubernetes.io/name", which others set themselves: write another key',
  ],
  [
    { annotations: { email: 'x' } },
    'annotations has the key "email", which others set themselves: write another key',
  ],
  [{ labels: { 'a b': 'x' } }, 'labels has the key "a b": write a key without spaces and ='],
  [
    { labels: { a: 'x' }, annotations: { a: 'y' } },
    'annotations has "a", and labels has it too: write it in one of them',
  ],
  [
    { stopSignal: 'SIGKILL' as 'SIGINT' },
    'stopSignal is "SIGKILL": write grace: Duration.seconds(1) instead: no program can do anything after SIGKILL',
  ],
  [{ stopSignal: 'int' as 'SIGINT' }, `stopSignal is "int": write 'SIGINT'`],
  [{ tty: 'true' as unknown as boolean }, 'tty is "true": write true'],
])('%j is refused', (props, message) => {
  expect(issuesOfApp(withProps(props))).toEqual([`shop/api: ${message}`]);
});

test('a platform that the image is not built for is refused', () => {
  const folder = projectOf({ 'api/Dockerfile': 'FROM scratch\n' });
  const image = Image.build('api', { platforms: ['linux/amd64'] });
  expect(issuesOfApp(withProps({ image, platform: 'linux/arm64' }), undefined, { folder })).toEqual([
    'shop/api: platform is "linux/arm64", and the image is built for linux/amd64: write one of these, or add it to the platforms of Image.build(…)',
  ]);
});

test('a job with a schedule has no stop signal of its own', () => {
  const schedule = Schedule.cron('@daily');
  const props = { image: 'api:1.0', command: ['run'], schedule, stopSignal: 'SIGINT' } as const;
  expect(issuesOfApp((app) => new ScheduledJob(app, 'night', props))).toEqual([
    'shop/night: stopSignal is "SIGINT": write no stopSignal, because a run with a schedule is stopped with SIGTERM',
  ]);
});

test('a migration has a check or is repeatable', () => {
  const props = { image: 'api:1.0', command: ['up'], check: ['is-up'], repeatable: true };
  expect(issuesOfApp((app) => new Migration(app, 'migration', props))).toEqual([
    'shop/migration: repeatable is true, and check is there too: write one of them, because both say how dependents wait',
  ]);
});
