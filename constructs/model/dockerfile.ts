/** A stage of a Dockerfile. */
export interface Stage {
  /** Empty if it has none. */
  readonly name: string;
  /** The image or stage that it starts from, with the values of arguments in it. */
  readonly base: string;
  /** Whether its platform is its own, and not that of the image that is built. */
  readonly hasOwnPlatform: boolean;
  /** The stages, by name or number, and images that it copies files from. */
  readonly sources: readonly string[];
}

/** What a build needs to know of a Dockerfile. */
export interface Dockerfile {
  readonly stages: readonly Stage[];
  /** The names of all arguments. */
  readonly args: readonly string[];
  /** The ids of the secrets that its commands mount. */
  readonly secrets: readonly string[];
}

/**
 * Reads a Dockerfile.
 * @param given values for its arguments, which replace their defaults
 * @see https://docs.docker.com/reference/dockerfile/
 */
export function readDockerfile(text: string, given: Readonly<Record<string, string>> = {}): Dockerfile {
  const values = new Map<string, string>();
  const args = new Set<string>();
  const secrets = new Set<string>();
  const stages: (Stage & { readonly sources: string[] })[] = [];
  for (const line of instructionsOf(text)) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(line) ?? [];
    switch (word.toUpperCase()) {
      case 'ARG':
        for (const [name, fallback] of declared(rest)) {
          args.add(name);
          const value = given[name] ?? (fallback === undefined ? undefined : filled(fallback, values));
          // Only the arguments before the first stage have a value in FROM.
          if (stages.length === 0 && value !== undefined) values.set(name, value);
        }
        break;
      case 'FROM':
        stages.push(stageOf(rest, values));
        break;
      case 'COPY':
      case 'ADD':
      case 'RUN':
        stages.at(-1)?.sources.push(...sourcesIn(rest));
        for (const id of secretsIn(rest)) secrets.add(id);
    }
  }
  return { stages, args: [...args], secrets: [...secrets] };
}

/** The stage that a target names, or else the last one; undefined if there is none. */
export function stageNamed(stages: readonly Stage[], target: string): Stage | undefined {
  if (target === '') return stages.at(-1);
  const byName = stages.findLast(({ name }) => sameName(name, target));
  return byName ?? (/^\d+$/.test(target) ? stages[Number(target)] : undefined);
}

/** A stage, and all stages that it needs, in their order. BuildKit builds no other. */
export function neededStages(stages: readonly Stage[], target: string): Stage[] {
  const needed = new Set<Stage>();
  const add = (stage: Stage | undefined): void => {
    if (!stage || needed.has(stage)) return;
    needed.add(stage);
    const before = stages.slice(0, stages.indexOf(stage));
    add(before.findLast(({ name }) => sameName(name, stage.base)));
    for (const source of stage.sources) add(stageNamed(before, source));
  };
  add(stageNamed(stages, target));
  return stages.filter((stage) => needed.has(stage));
}

/**
 * The image that a stage is made from, by way of other stages; undefined if it is made from nothing, or if an argument of the
 * build without a value is in its name.
 */
export function finalBase(
  dockerfile: string,
  {
    target = '',
    args = {},
  }: { readonly target?: string; readonly args?: Readonly<Record<string, string>> } = {},
): string | undefined {
  const { stages } = readDockerfile(dockerfile, args);
  let stage = stageNamed(stages, target);
  let base = stage?.base;
  while (stage) {
    base = stage.base;
    const before = stages.slice(0, stages.indexOf(stage));
    stage = before.findLast(({ name }) => sameName(name, base ?? ''));
  }
  return base === 'scratch' || base?.includes('$') ? undefined : base;
}

function sameName(name: string, other: string): boolean {
  return name !== '' && name.toLowerCase() === other.toLowerCase();
}

/** The instructions, each in one line: without comments, and without the lines of a here-document. */
function instructionsOf(text: string): string[] {
  const [, escape = '\\'] = /^(?:#.*\n)*?#\s*escape\s*=\s*(\S)/i.exec(text) ?? [];
  const found: string[] = [];
  let open = '';
  let ends: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [end] = ends;
    if (end !== undefined) {
      if (line.trim() === end) ends = ends.slice(1);
      continue;
    }
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const isOpen = line.trimEnd().endsWith(escape);
    open += isOpen ? `${line.trimEnd().slice(0, -1)} ` : line;
    if (isOpen) continue;
    found.push(open.trim());
    ends = /^\s*(RUN|COPY|ADD)\s/i.test(open) ? hereDocuments(open) : [];
    open = '';
  }
  return open.trim() === '' ? found : [...found, open.trim()];
}

function hereDocuments(line: string): string[] {
  return [...line.matchAll(/<<-?(["']?)(\w+)\1/g)].flatMap(([, , name]) => name ?? []);
}

/** The names of an ARG, with their defaults: `A=1 B="2 3" C`. */
function declared(text: string): (readonly [string, string | undefined])[] {
  return [...text.matchAll(/(\w+)(?:=("[^"]*"|'[^']*'|\S*))?/g)].map(([, name = '', value]) => [
    name,
    value?.replace(/^(["'])(.*)\1$/s, '$2'),
  ]);
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g,
    (whole, plain?: string, braced?: string, sign?: string, word?: string) => {
      const value = values.get(plain ?? braced ?? '');
      if (sign === '+') return value === undefined || value === '' ? '' : (word ?? '');
      if (sign === '-') return value === undefined || value === '' ? (word ?? '') : value;
      return value ?? whole;
    },
  );
}

function stageOf(text: string, values: ReadonlyMap<string, string>): Stage & { readonly sources: string[] } {
  const [, flags = '', image = '', name = ''] = /^((?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?/i.exec(text) ?? [];
  const base = filled(image.replace(/^(["'])(.*)\1$/, '$2'), values);
  return { name, base, hasOwnPlatform: flags.includes('--platform'), sources: [] };
}

function sourcesIn(text: string): string[] {
  const copied = [...text.matchAll(/(?:^|\s)--from=(\S+)/g)].flatMap(([, from]) => from ?? []);
  const mounted = mountsIn(text).flatMap((mount) => /(?:^|,)from=([^,\s]+)/.exec(mount)?.[1] ?? []);
  return [...copied, ...mounted];
}

function secretsIn(text: string): string[] {
  return mountsIn(text).flatMap((mount) => {
    if (!/(?:^|,)type=secret(?:,|$)/.test(mount)) return [];
    const [, id] = /(?:^|,)id=([^,\s]+)/.exec(mount) ?? [];
    const [, target] = /(?:^|,)(?:target|dst|destination)=([^,\s]+)/.exec(mount) ?? [];
    return id ?? target?.replace(/^.*\//, '') ?? [];
  });
}

function mountsIn(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)--mount=(\S+)/g)].flatMap(([, mount]) => mount ?? []);
}
