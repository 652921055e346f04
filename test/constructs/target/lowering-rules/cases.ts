import { Backend, Cache, Duration, Health, ReverseProxy, Route, Schedule, ScheduledJob } from 'catamaran';
import type { EnvironmentSpec } from '../../../../constructs/environment/environment';
import type { Exposure } from '../../../../constructs/model/network';
import { onDocker, onKubernetes, type Build, withProps as api } from '../../../support/application';
import type { RuleCase, Scene } from '../../../support/rules';

const places = { docker: onDocker, kubernetes: onKubernetes };
type Target = keyof typeof places;

/** A backend with a deadline, and with the interval of its health check if one is given, both in seconds. */
export const promised = (deadline: number, every?: number) =>
  api({
    health: Health.tcp(every === undefined ? {} : { every: Duration.seconds(every) }),
    deadline: Duration.seconds(deadline),
  });

/** A scheduled job. */
export const job: Build = (app) =>
  new ScheduledJob(app, 'night', { image: 'api:1.0', command: ['run'], schedule: Schedule.cron('@daily') });
/** A backend with a cache. */
export const cached: Build = (app) => {
  const cache = new Cache(app, 'cache');
  api({ env: { CACHE_URL: cache.url } })(app);
};

/** A proxy behind others. */
export const proxied =
  (trustedProxies: readonly string[]): Build =>
  (app) => {
    const routes = [Route.path('/', new Backend(app, 'api', { image: 'api:1.0', port: 8000 }))];
    new ReverseProxy(app, 'proxy', { routes, trustedProxies });
  };

/** A backend that its environment exposes. */
export const exposed = (place: EnvironmentSpec, expose: Exposure): Scene => ({
  build: api(),
  place: { ...place, components: { api: { expose } } },
});

type Words = Pick<RuleCase, 'words'> & Partial<Pick<RuleCase, 'refusal' | 'workload'>>;

/** A case of a rule: what breaks it, and what keeps it unless the rule applies to every application. */
export function rule(
  target: Target,
  field: RuleCase['field'],
  words: Words,
  breaks: Build | Scene,
  keeps?: Build | Scene,
) {
  const scene = (of: Build | Scene): Scene =>
    typeof of === 'function' ? { build: of, place: places[target] } : of;
  const { workload = 'api', refusal } = words;
  return {
    ...{ rule: `${target} ${field}`, field, workload, words: words.words, refusal },
    breaks: scene(breaks),
    keeps: keeps && scene(keeps),
  };
}
