import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Application,
  Backend,
  defineStack,
  docker,
  Duration,
  Health,
  kubernetes,
  nodePort,
  Schedule,
  ScheduledJob,
  Size,
  Worker,
  type Environment,
} from 'catamaran';

/** A ledger on a volume, and a worker and a job that write to it. */
class Jobs extends Application {
  constructor(environment: Environment) {
    super('jobs', environment, { folder: __dirname });
    const program = (name: string) => ({
      image: 'python:3.13-slim',
      files: { [`/srv/app/${name}`]: readFileSync(join(__dirname, 'app', name), 'utf8') },
    });
    const ledger = new Backend(this, 'ledger', {
      ...program('ledger.py'),
      command: ['python3', '-u', '/srv/app/ledger.py'],
      port: 8000,
      health: Health.http('/entries'),
      volumes: { entries: { path: '/srv/entries', size: Size.mebibytes(64) } },
      publish: 18120,
      grace: Duration.seconds(2),
    });
    const env = { LEDGER_URL: ledger.url };
    new Worker(this, 'worker', {
      ...program('write.py'),
      command: [
        'sh',
        '-c',
        'while :; do python3 /srv/app/write.py worker && touch /tmp/works; sleep 2; done',
      ],
      health: Health.command(['test', '-e', '/tmp/works']),
      grace: Duration.seconds(2),
      env,
    });
    new ScheduledJob(this, 'report', {
      ...program('write.py'),
      command: ['python3', '/srv/app/write.py', 'report'],
      schedule: Schedule.cron('* * * * *', { timeZone: 'Europe/Berlin' }),
      env,
    });
  }
}

export default defineStack(Jobs, {
  dev: docker({ components: { ledger: { bindMounts: [{ folder: 'page', path: '/srv/page' }] } } }),
  staging: kubernetes({
    namespace: 'jobs-e2e',
    qualityOfService: 'burstable',
    components: { ledger: { expose: nodePort(30015) } },
  }),
});
