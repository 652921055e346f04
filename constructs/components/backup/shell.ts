/**
 * A shell command that reads the first line of a file into a variable. It uses `read`, because scanners of ConfigMaps
 * take an assignment to a variable such as PGPASSWORD for a secret.
 */
export function readSecret(variable: string, file: string): string {
  return `IFS= read -r ${variable} <${file} || [ -n "$${variable}" ]`;
}
