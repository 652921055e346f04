import { limits } from '../constructs/model/limits';
import { renderTemplate } from '../constructs/model/template';
import type { Fault, Violation } from '../constructs/policy/policy';
import { programFaults } from '../constructs/target/program-texts';
import type { Container } from './container';
import type { DockerPlan } from './plan';

/**
 * Finds what the engine or Linux will refuse of a plan, overrides included: texts that a program cannot start with, and
 * names of files that no file system has.
 */
export function beyondLimits({ containers }: DockerPlan): readonly Violation[] {
  return containers.flatMap((container) => {
    const { name: workload } = container;
    const faults = [...textFaults(container), ...fileFaults(container)];
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
