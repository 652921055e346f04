import type { EnvironmentSpec } from '../environment/environment';
import type { SecretSource } from '../environment/secret-source';
import type { ApplicationModel, Workload } from '../model/workload';

/** What `catamaran secrets` and notes say about secrets on a target. */
export interface SecretAdvice<Spec extends EnvironmentSpec> {
  /** A text that says what shows a secret in a variable, but not a secret in a file. */
  readonly visibility: string;
  /** The name of a workload in the command that restarts it, such as `deployment/api`. */
  restartName(workload: Workload, model: ApplicationModel, environment: Spec): string;
  /** What users must know about a source of secrets on this target, as a note; undefined if there is nothing to say. */
  note(source: SecretSource['kind']): string | undefined;
  /** How to supply and change secrets, one line for each step. */
  steps(application: AdvisedApplication, environment: Spec): readonly string[];
}

/** An application in one environment, as advice names it. */
export interface AdvisedApplication {
  readonly name: string;
  readonly environmentName: string;
  /** The application's folder, relative to the project. */
  readonly folder: string;
  /** Whether `kubectl --from-env-file` can read the file of secrets: it has no quotes. True without such a file. */
  readonly isPlain: boolean;
}

/** The note about sources whose values only Pulumi has. */
export const onlyWithPulumi =
  'Only the Pulumi stack has the values: deploy with pulumi up, because the written files contain no values';

/** What happens after a secret has changed, if only Pulumi deploys. */
export const restartedByPulumi = 'pulumi up restarts every component that reads a changed secret';

/** How to replace the value of a generated secret. */
export const generateAgain = ["Generate a secret again: pulumi up --replace '**::NAME'", restartedByPulumi];
