/**
 * Expands `$(NAME)` and `$$` in variables, commands and probes as the kubelet does, after
 * third_party/forked/golang/expansion/expand.go: it reads bytes, and leaves an unknown name as it is.
 */
export function expandByKubelet(text: string, variables: Readonly<Record<string, string>>): string {
  const input = Buffer.from(text);
  const output: Buffer[] = [];
  let checkpoint = 0;
  for (let cursor = 0; cursor < input.length; cursor++) {
    if (input[cursor] !== dollar || cursor + 1 >= input.length) continue;
    output.push(input.subarray(checkpoint, cursor));
    const { read, advance } = readName(input.subarray(cursor + 1), variables);
    output.push(Buffer.from(read));
    cursor += advance;
    checkpoint = cursor + 1;
  }
  return Buffer.concat([...output, input.subarray(checkpoint)]).toString();
}

const dollar = 0x24;
const open = 0x28;
const close = 0x29;

function readName(
  input: Buffer,
  variables: Readonly<Record<string, string>>,
): { readonly read: string; readonly advance: number } {
  const first = input[0] ?? 0;
  if (first === dollar) return { read: '$', advance: 1 };
  // Go makes a character of the byte, whatever character it was a part of.
  if (first !== open) return { read: `$${String.fromCharCode(first)}`, advance: 1 };
  const end = input.indexOf(close, 1);
  if (end < 0) return { read: '$(', advance: 1 };
  const name = input.subarray(1, end).toString();
  return { read: variables[name] ?? `$(${name})`, advance: end + 1 };
}

/** The environment that a kubelet gives to a container. Each variable can use those before it. */
export function kubeletEnvironment(
  env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: {
      readonly secretKeyRef?: { readonly key: string };
      readonly configMapKeyRef?: { readonly name?: string; readonly key: string };
    };
  }[],
  secrets: Readonly<Record<string, string>>,
  configMaps: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const { name, value, valueFrom } of env) {
    const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
    if (secretKeyRef) result[name] = secrets[secretKeyRef.key] ?? `no secret ${secretKeyRef.key}`;
    else if (configMapKeyRef)
      result[name] = configMaps[configMapKeyRef.name ?? '']?.[configMapKeyRef.key] ?? 'no such key';
    else result[name] = expandByKubelet(value ?? '', result);
  }
  return result;
}

/**
 * Interpolates a text as compose does: `$$` is a dollar sign, `${NAME:?message}` and `$NAME` are variables.
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function interpolateByCompose(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$(?:(\$)|\{([A-Za-z_][A-Za-z0-9_]*)(?::\?[^}]*)?\}|([A-Za-z_][A-Za-z0-9_]*)|)/g,
    (whole, escaped: string | undefined, braced: string | undefined, bare: string | undefined) => {
      if (escaped !== undefined) return '$';
      const name = braced ?? bare;
      if (name === undefined) throw new Error(`invalid interpolation format: ${whole} in ${text}`);
      return variables[name] ?? '';
    },
  );
}
