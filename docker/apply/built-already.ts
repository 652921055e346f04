import type { Deployment } from '../../constructs/target/deployment';
import type { DockerSpec } from '../../constructs/environment/docker';
import { IssuesError, type Issue } from '../../constructs/issue';
import { componentPath } from '../../constructs/model/path';
import { notRun } from '../../constructs/target/runner';
import type { DockerPlan } from '../plan';
import { atHost } from './commands';

/**
 * Requires each image that is built with secrets on the engine: `@pulumi/docker` gives no secrets to a build. An image
 * that is pushed and pinned is no longer built, so it is not asked for.
 * @throws IssuesError with each image that is missing, and the command that builds it
 */
export async function requireBuilt(plan: DockerPlan, deployment: Deployment<DockerSpec>): Promise<void> {
  if (deployment.command !== 'up') return;
  const { environment, run } = deployment;
  const asked = plan.containers.filter(({ builds }) => builds.some(({ secrets }) => secrets !== undefined));
  const found = await Promise.all(
    asked.map(async ({ name, image }): Promise<Issue[]> => {
      const args = [...atHost(environment.host), 'image', 'inspect', '--format', '{{.Id}}', image];
      const { code } = await run('docker', args);
      // Without the program docker, nothing is known: Pulumi then says itself that it finds no image.
      return code === 0 || code === notRun ? [] : [notBuilt(name, image, deployment)];
    }),
  );
  const issues = found.flat();
  if (issues.length > 0) throw new IssuesError(issues);
}

function notBuilt(
  component: string,
  got: string,
  { application, environment }: Deployment<DockerSpec>,
): Issue {
  const { host, name, registry } = environment;
  const build = `npx catamaran build ${application} --environment ${name}`;
  const isPushed = host !== undefined || registry !== undefined;
  const push =
    registry === undefined ? `${build} --push, with a registry in the environment` : `${build} --push`;
  const write = `run ${isPushed ? push : build}, then run this command again`;
  const sentence = `image ${got} is built with secrets, which pulumi up cannot give to a build, and is not on the engine: ${write}`;
  return { path: componentPath(application, component), field: 'image', got, write, sentence };
}
