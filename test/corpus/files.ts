import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Text, type TextPart } from 'catamaran';

/** The folder of the public compose files, beside the repository. */
export const corpusFolder = join(__dirname, '..', '..', '..', 'shared', 'corpus');

/** The text of a file of the corpus, or a stand-in where the corpus is not here. */
export function corpusText(path: string): string {
  const file = join(corpusFolder, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : `# ${path}\n`;
}

/** The same text, with a reference wherever a host of another service stands. */
export function withReferences(path: string, references: Readonly<Record<string, TextPart>>): Text {
  let parts: readonly TextPart[] = [corpusText(path)];
  for (const [host, reference] of Object.entries(references))
    parts = parts.flatMap((part) =>
      typeof part === 'string'
        ? part.split(host).flatMap((piece, index): TextPart[] => (index === 0 ? [piece] : [reference, piece]))
        : [part],
    );
  return new Text(parts);
}
