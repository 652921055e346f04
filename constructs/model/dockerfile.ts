/**
 * The image that the last stage of a Dockerfile is made from; undefined if it is made from nothing, or if an argument of
 * the build without a default is in its name.
 * @see https://docs.docker.com/reference/dockerfile/#from
 */
export function finalBase(dockerfile: string): string | undefined {
  const defaults = new Map<string, string>();
  const stages = new Map<string, string>();
  let last: string | undefined;
  for (const line of dockerfile.split('\n')) {
    const [, variable = '', value = ''] = /^\s*ARG\s+(\w+)=["']?([^\s"']*)/i.exec(line) ?? [];
    // Only arguments before the first stage are known in FROM.
    if (variable !== '' && last === undefined) defaults.set(variable, value);
    const [, name, stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (name === undefined) continue;
    const image = name.replace(
      /\$\{?(\w+)(?::-([^}]*))?\}?/g,
      (written, key: string, or?: string) => defaults.get(key) ?? or ?? written,
    );
    last = stages.get(image.toLowerCase()) ?? image;
    if (stage !== undefined) stages.set(stage.toLowerCase(), last);
  }
  return last === 'scratch' || last?.includes('$') ? undefined : last;
}
