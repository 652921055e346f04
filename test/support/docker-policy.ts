import { Backend, docker, PostgresDatabase, ReverseProxy, Route, envFile } from 'catamaran';
import { dockerContainer, type Container } from 'catamaran/docker';
import type { Policy, Violation } from '../../constructs/policy/policy';
import type { DockerPlan } from '../../docker/plan';
import { planOfApp, type Build } from './application';
import { dockerPlan } from './written';

const shop: Build = (app) => {
  const database = new PostgresDatabase(app, 'database');
  const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], publish: 8080 });
};

/** The violations of a policy after an override of one container of a shop that keeps the policy. */
export function foundAfter(
  policy: Policy<DockerPlan>,
  component: 'proxy' | 'api' | 'database',
  change: (container: Container) => Container,
): readonly Violation[] {
  expect(policy.check(dockerPlan(planOfApp(shop)))).toEqual([]);
  const overrides = [dockerContainer({ reason: 'a test', change })];
  const place = docker({ secrets: envFile(), components: { [component]: { overrides } } });
  return policy.check(dockerPlan(planOfApp(shop, place)));
}

/** A change of the engine's options for a container. */
export function withEngine(engine: Container['engine']): (container: Container) => Container {
  return (container) => ({ ...container, engine });
}
