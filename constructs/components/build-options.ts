import { readFileSync } from 'node:fs';
import type { Issue } from '../issue';
import { readDockerfile, stageNamed, type Stage } from '../model/dockerfile';
import { secretNameProblem } from '../model/name';
import { unique } from '../model/sorted';
import type { BuildSource } from '../values/image';

/** What is wrong with the image of a component. The field is `image` if it is not said. */
export type BuildIssue = Pick<Issue, 'got' | 'write' | 'sentence'> & Partial<Pick<Issue, 'field'>>;

/** The mistakes of an image's options, and what probably is one. */
interface OptionProblems {
  readonly issues: readonly BuildIssue[];
  readonly warnings: readonly BuildIssue[];
}

/**
 * The arguments that every Dockerfile has, and those that BuildKit itself reads.
 * @see https://docs.docker.com/reference/dockerfile/#predefined-args
 */
const predefined =
  /^(?:(?:https?|ftp|all|no)_proxy|target\w+|build(?:platform|os|arch|variant)|buildkit_\w+|source_date_epoch)$/i;

/** Checks the options of an image against its Dockerfile. @param dockerfile its path */
export function optionProblems(source: BuildSource, dockerfile: string): OptionProblems {
  const { target, args, secrets } = source;
  const { stages, args: declared, secrets: mounted } = readDockerfile(readFileSync(dockerfile, 'utf8'), args);
  const unread = Object.keys(args).filter((name) => !declared.includes(name) && !predefined.test(name));
  const unmounted = Object.keys(secrets).filter((id) => !mounted.includes(id));
  return {
    issues: [
      ...(target !== '' && !stageNamed(stages, target) ? [noStage(target, stages, dockerfile)] : []),
      ...Object.keys(args).flatMap((got) => wrong('image.args', got, secretNameProblem(got))),
      ...Object.keys(secrets).flatMap((got) => wrong('image.secrets', got, idProblem(got))),
    ],
    warnings: [
      ...unread.map((name) => unused('image.args', name, `ARG ${name} in ${dockerfile}`)),
      ...unmounted.map((id) =>
        unused('image.secrets', id, `RUN --mount=type=secret,id=${id} in ${dockerfile}`),
      ),
    ],
  };
}

function noStage(got: string, stages: readonly Stage[], dockerfile: string): BuildIssue {
  const names = unique(stages.map(({ name }) => name).filter((name) => name !== ''));
  const write =
    names.length > 0
      ? `a stage of ${dockerfile}: ${names.join(', ')}`
      : `no target, because ${dockerfile} has no stage with a name`;
  return { field: 'image.target', got, write };
}

function wrong(field: string, got: string, write: string | undefined): BuildIssue[] {
  if (write === undefined) return [];
  return [{ field, got, write, sentence: `${field} has ${JSON.stringify(got)}: write ${write}` }];
}

function idProblem(id: string): string | undefined {
  return /^[\w.-]+$/.test(id) ? undefined : 'an id of letters, digits and - . _, such as npm_token';
}

function unused(field: string, got: string, write: string): BuildIssue {
  const sentence = `${field} has ${JSON.stringify(got)}, which the Dockerfile does not use: write ${write}, or remove it`;
  return { field, got, write, sentence };
}
