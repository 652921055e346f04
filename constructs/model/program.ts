/**
 * Joins the lines of a shell program into one line, for an argument that people read. Lines are joined with `;`, except
 * where a line ends with a word that goes on, such as `&&`, `do` or `{`.
 */
export function oneLine(program: string): string {
  const lines = program.trim().split(/\n\s*/);
  return lines.reduce((before, line) => `${before}${goesOn.test(before) ? ' ' : '; '}${line}`);
}

const goesOn = /(?:&&|;;| do| in|\{| \*\))$/;

/** Replaces variables of a shell program with texts. Quotes around such a variable are replaced too. */
export function filled(program: string, texts: Readonly<Record<string, string>>): string {
  return program.replace(
    /"\$(\w+)"|\$(\w+)/g,
    (variable, quoted?: string, bare?: string) => texts[quoted ?? bare ?? ''] ?? variable,
  );
}

/** A text as one word for a POSIX shell, in quotes only if it needs them. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : shellQuote(text);
}

/** Quotes a text as one word for a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
