import { join } from 'node:path';
import type { Application } from '../../constructs/components/application';
import { withPlace } from '../../constructs/compile/places';
import { IssuesError, type Issue } from '../../constructs/issue';
import { environmentPath } from '../../constructs/model/path';
import type { ApplicationModel } from '../../constructs/model/workload';
import type { Target } from '../../constructs/target/target';
import { toYaml } from '../../constructs/target/yaml';
import { readEnvFile, secretValueIssues } from './secret-values';

/**
 * The Kubernetes Secret with the values of an application's file of secrets, for `kubectl apply`. kubectl itself cannot
 * read values in quotes.
 * @throws IssuesError if the environment has no such file or Secret, if the values are wrong, or on a terminal
 */
export function secretManifest(application: Application, target: Target, model: ApplicationModel): string {
  const { name, environment, folder } = application;
  const issue = (got: string, write: string): IssuesError => {
    const path = environmentPath(name, environment.name);
    const wrong: Issue = { path, field: '--manifest', got, write, sentence: `--manifest ${got}: ${write}` };
    return new IssuesError([withPlace(application)(wrong)]);
  };
  const source = environment.secrets;
  const metadata = target.secretObject(name, environment);
  if (!metadata || source.kind !== 'env-file')
    throw issue('is only for secrets from envFile() on Kubernetes', 'remove --manifest');
  if (process.stdout.isTTY)
    throw issue('would show the values of the secrets', 'write | kubectl apply --filename - after it');
  const values = readEnvFile(join(folder, source.file));
  const issues = secretValueIssues(application, model, values);
  if (issues.length > 0) throw new IssuesError(issues);
  const data = Object.fromEntries(
    // A secret without a value is optional: the variables that read it have its default.
    model.secrets.flatMap((secret) => {
      const value = values[secret] ?? '';
      return value === '' ? [] : [[secret, Buffer.from(value).toString('base64')]];
    }),
  );
  return toYaml({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata },
    type: 'Opaque',
    data,
  }).trimEnd();
}
