import * as pulumi from '@pulumi/pulumi';

/**
 * What ends an update in words alone. Pulumi shows no stack of a `RunError` while the program runs, but it does of what
 * fails later, as what waits for an engine or a cluster does: so it has none.
 */
export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}
