import { docker } from 'catamaran';
import { dockerContainer } from '../../docker/index';
import type { Container } from '../../docker/container';
import { issuesOfApp, planOfApp, withProps } from '../support/application';

const changed = (change: (container: Container) => Partial<Container>) =>
  docker({
    components: {
      api: {
        overrides: [
          dockerContainer({
            reason: 'a test',
            change: (container) => ({ ...container, ...change(container) }),
          }),
        ],
      },
    },
  });

test.each<[string, Partial<Container>, string[]]>([
  [
    'a long variable',
    { environment: { CONFIG: ['a'.repeat(131_072)] } },
    ['container api environment CONFIG is 131079 bytes: write 131071 bytes or less'],
  ],
  [
    'a long argument',
    { command: ['a'.repeat(131_072)] },
    ['container api command is 131072 bytes: write 131071 bytes or less'],
  ],
  [
    'long texts together',
    { command: Array.from({ length: 20 }, () => 'a'.repeat(120_000)) },
    ['container api environment, entrypoint and command together is 2400180 bytes: write 2 MiB or less'],
  ],
  [
    'a NUL character',
    { entrypoint: ['sh\0'] },
    ['container api entrypoint has a NUL character: write a text without it'],
  ],
  [
    'a variable without a name',
    { environment: { 'A=B': ['1'] } },
    ['container api environment name is "A=B": write a name that is not empty and has no ='],
  ],
  [
    'files that no file system has',
    {
      configs: [
        { id: 'api-files-12345678', path: '/etc/shop', files: { '../a': 'x', ['a'.repeat(256)]: 'x' } },
      ],
    },
    [
      'container api files in /etc/shop is "../a": write a file name of at most 255 bytes, without /',
      `container api files in /etc/shop is "${'a'.repeat(256)}": write a file name of at most 255 bytes, without /`,
    ],
  ],
])('an override that makes what an engine or Linux refuses is told: %s', (_, change, issues) => {
  expect(
    issuesOfApp(
      withProps(),
      changed(() => change),
    ),
  ).toEqual(issues.map((issue) => `shop/api: ${issue}`));
});

test('what is within the limits is taken', () => {
  const place = changed(() => ({
    environment: { CONFIG: ['a'.repeat(131_064)] },
    command: ['a'.repeat(131_071)],
  }));
  expect(() => planOfApp(withProps(), place)).not.toThrow();
});
