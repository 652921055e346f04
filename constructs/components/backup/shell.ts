/** A text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Reads the line of a file into a shell variable. Scanners of ConfigMaps take an assignment to a variable of such a
 * name for a secret.
 */
export function readSecret(variable: string, file: string): string {
  return `IFS= read -r ${variable} <${file} || [ -n "$${variable}" ]`;
}
