import { PostgresDatabase, Size, type DatabaseProps } from 'catamaran';
import { compareUpdates } from '../../../charts/updates/compare';
import type { KubernetesSpec } from '../../../constructs/environment/kubernetes';
import { writtenFiles } from '../../../constructs/pipeline/plan';
import type { Files, Update } from '../../../constructs/target/update';
import { onKubernetes, planOfApp, type Build, type TestApplicationOptions } from '../../support/application';

/** One version of an application. */
export interface Version {
  readonly build: Build;
  readonly place?: KubernetesSpec;
  readonly options?: TestApplicationOptions;
}

/** The files of a version. */
export function filesOf({ build, place = onKubernetes, options }: Version): Files {
  return writtenFiles(planOfApp(build, place, options), '../../../stacks/shop');
}

/** What an update from one version to another needs in a cluster. */
export function updates(before: Version, after: Version): Update[] {
  return compareUpdates(filesOf(before), filesOf(after), 'dist/shop/live');
}

/** An application with a database only. */
export function database(props: Partial<DatabaseProps> = {}): Build {
  return (app) => new PostgresDatabase(app, 'database', { storage: Size.gibibytes(1), ...props });
}
