import * as pulumi from '@pulumi/pulumi';

/**
 * An error that ends an update and shows only its message. Pulumi hides the stack trace of a `RunError` while the
 * program runs, but prints it for errors that come later, for example from code that waits for an engine or a cluster.
 * So this error has no stack trace at all.
 */
export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}

/** The advice about a resource whose program has failed. */
export function runAgain(urn: string): string {
  return `Correct it, or run it again with pulumi up --replace '${urn}'`;
}
