import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signature } from './http';

/** Has the proxy of an application, which is in a folder of its own, sign every answer as `underLoad` asks. */
export function sign(folder: string): void {
  cpSync(join(__dirname, 'signed.ts'), join(folder, 'signed.ts'));
  const index = join(folder, 'index.ts');
  const stack = readFileSync(index, 'utf8').replace('export default ', 'const stack = ');
  const { name, value } = signature;
  writeFileSync(
    index,
    `import { signed } from './signed';\n${stack}\nexport default signed(stack, '${name} ${value}');\n`,
  );
}
