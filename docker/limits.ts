import { limits } from '../constructs/model/limits';
import { renderTemplate } from '../constructs/model/template';
import type { Violation } from '../constructs/policy/policy';
import { bytes } from '../constructs/target/report';
import type { Container } from './container';
import type { DockerPlan } from './plan';

/**
 * Finds what the engine or Linux will refuse of a plan, overrides included: texts that a program cannot start with, and
 * names of files that no file system has.
 */
export function beyondLimits({ containers }: DockerPlan): readonly Violation[] {
  return containers.flatMap((container) => [...textViolations(container), ...fileViolations(container)]);
}

function textViolations({ name: workload, entrypoint, command, environment }: Container): Violation[] {
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
  const { argument, arguments: all } = limits;
  const total = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 9, 0);
  return [
    ...texts.flatMap(({ field, text }) =>
      sizeViolation(workload, field, Buffer.byteLength(text), argument.most),
    ),
    ...texts
      .filter(({ text }) => text.includes('\0'))
      .map(({ field }) => {
        const write = 'a text without it';
        const sentence = `container ${workload} ${field} has a NUL character: write ${write}`;
        return { workload, field, got: 'a text with a NUL character', write, sentence };
      }),
    ...sizeViolation(workload, 'environment, entrypoint and command together', total, all.most),
    ...Object.keys(environment)
      .filter((name) => name === '' || name.includes('='))
      .map((got) => ({
        workload,
        field: `container ${workload} environment name`,
        got,
        write: 'a name that is not empty and has no =',
      })),
  ];
}

function sizeViolation(workload: string, field: string, size: number, most: number): Violation[] {
  if (size <= most) return [];
  const write = `${bytes.text(most)} or less`;
  const sentence = `container ${workload} ${field} is ${bytes.text(size)}: write ${write}`;
  return [{ workload, field, got: size, write, sentence }];
}

function fileViolations({ name: workload, configs, secrets }: Container): Violation[] {
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
        workload,
        field: `container ${workload} files in ${path}`,
        got,
        write: `a file name of at most ${limits.fileName.most} bytes, without /`,
      })),
  );
}
