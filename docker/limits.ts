import { limits } from '../constructs/model/limits';
import { renderTemplate, secretsOf, type Template } from '../constructs/model/template';
import type { Fault, Violation } from '../constructs/policy/policy';
import { programFaults } from '../constructs/target/program-texts';
import type { Container } from './container';
import { endsWhereMeant, variable } from './compose/interpolation';
import type { DockerPlan } from './plan';

/**
 * Finds what the engine or Linux will refuse of a plan, overrides included: texts that a program cannot start with, and
 * names of files that no file system has.
 */
export function beyondLimits({ containers, secretDefaults }: DockerPlan): readonly Violation[] {
  return containers.flatMap((container) => {
    const { name: workload } = container;
    const faults = [
      ...textFaults(container),
      ...defaultFaults(container, secretDefaults),
      ...fileFaults(container),
    ];
    return faults.map((fault) => ({ workload, object: `container ${workload}`, ...fault }));
  });
}

function textFaults({ entrypoint, command, environment }: Container): Fault[] {
  const texts = [
    ...entrypoint.map((text) => ({ field: 'entrypoint', text })),
    ...command.map((text) => ({ field: 'command', text })),
    ...Object.entries(environment).map(([name, template]) => ({
      field: `environment ${name}`,
      // Values of secrets are not known.
      text: `${name}=${renderTemplate(
        template,
        (text) => text,
        () => '',
      )}`,
    })),
  ];
  return [
    ...programFaults(texts, 'environment, entrypoint and command together'),
    ...Object.keys(environment)
      .filter((name) => name === '' || name.includes('='))
      .map((got) => ({ field: 'environment name', got, write: 'a name that is not empty and has no =' })),
  ];
}

/** The defaults of optional secrets that compose would read differently. */
function defaultFaults({ environment }: Container, defaults: DockerPlan['secretDefaults']): Fault[] {
  return Object.entries(environment).flatMap(([name, template]) =>
    secretsOf(template).flatMap((secret, index): Fault[] => {
      const otherwise = Object.hasOwn(defaults, secret) ? defaults[secret] : undefined;
      if (otherwise === undefined) return [];
      const problem = defaultProblem(template, index, defaults);
      if (problem === undefined) return [];
      const write = 'another default, or no default, and the value in each source of secrets';
      const field = `environment ${name}`;
      const sentence = `the default of the secret ${secret} in ${field} ${problem}: write ${write}`;
      return [{ field, got: otherwise, write, sentence }];
    }),
  );
}

/** What is wrong with the default of one of the secrets of a text. @param which the number of the secret in the text */
function defaultProblem(
  template: Template,
  which: number,
  defaults: DockerPlan['secretDefaults'],
): string | undefined {
  const places = template.flatMap((part, index) => (typeof part === 'string' ? [] : [index]));
  const place = places[which] ?? 0;
  const own = variable(template.slice(place, place + 1), defaults);
  if (own.includes('\n')) return 'has a line break, which compose cannot read';
  const text = variable(template.slice(place), defaults);
  const isRead = endsWhereMeant(text.slice(1), own.length - 2);
  return isRead ? undefined : 'has braces that compose reads as the end of the default, or beyond it';
}

function fileFaults({ configs, secrets }: Container): Fault[] {
  return [...configs, ...secrets].flatMap(({ path, files }) =>
    Object.keys(files)
      .filter(
        (name) =>
          name === '' ||
          name === '.' ||
          name === '..' ||
          /[/\0]/.test(name) ||
          Buffer.byteLength(name) > limits.fileName.most,
      )
      .map((got) => ({
        field: `files in ${path}`,
        got,
        write: `a file name of at most ${limits.fileName.most} bytes, without /`,
      })),
  );
}
