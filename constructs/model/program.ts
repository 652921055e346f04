/**
 * A shell program as one line, to be an argument that people read in a list. A line of it that ends with `&&` or
 * `do` goes on in the next.
 */
export function oneLine(program: string): string {
  const lines = program.trim().split(/\n\s*/);
  return lines.reduce((before, line) => `${before}${/(?:&&| do)$/.test(before) ? ' ' : '; '}${line}`);
}

/** A shell program with a text in place of each of these variables, and of the quotes around it. */
export function filled(program: string, texts: Readonly<Record<string, string>>): string {
  return program.replace(
    /"\$(\w+)"|\$(\w+)/g,
    (variable, quoted?: string, bare?: string) => texts[quoted ?? bare ?? ''] ?? variable,
  );
}
