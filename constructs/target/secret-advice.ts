import type { EnvironmentSpec } from '../environment/environment';
import type { SecretSource } from '../environment/secret-source';
import type { Workload } from '../model/workload';

/** What users of a target are told about their secrets. */
export interface SecretAdvice<Spec extends EnvironmentSpec> {
  /** Who can see a secret that is a variable, and not one that is a file. */
  readonly visibility: string;
  /** The name of a workload in the command that restarts it. */
  restartName(workload: Workload): string;
  /** What a source of secrets does differently on this target; undefined where there is nothing to say. */
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
}

/** Said of sources whose values only Pulumi knows. */
export const onlyWithPulumi =
  'only the Pulumi stack has the values: pulumi up brings them, and the written files have none';

/** How a generated secret gets a new value, and who is restarted then. */
export const generateAgain = [
  "again:   pulumi up --replace '**::NAME', for one that was generated",
  'pulumi up restarts those that read a changed value',
];
