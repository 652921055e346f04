/** Quotes a text as one word for a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A shell command that reads the line of a file into a variable. It is no assignment, because scanners of ConfigMaps
 * would mistake one to a variable such as PGPASSWORD for a secret.
 */
export function readSecret(variable: string, file: string): string {
  return `IFS= read -r ${variable} <${file} || [ -n "$${variable}" ]`;
}
