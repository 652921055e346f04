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

/**
 * The value in the JSON that a program has printed.
 *
 * @param program the program, with what it was asked, such as `kubectl get pods`
 * @throws RunError if it has printed something else
 */
export function printedJson(program: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = text.trim() === '' ? 'nothing' : JSON.stringify(text.trim().slice(0, 60));
    throw runError(
      `${program} printed ${start} instead of JSON: run it by hand, correct what stands in its place, then run pulumi up again`,
    );
  }
}

/** The advice about a resource whose program has failed. */
export function runAgain(urn: string): string {
  return `Correct it, or run it again with pulumi up --replace '${urn}'`;
}
