import { runBuilt, stackFile, withLibrary } from '../support/project';

const project = () => withLibrary({ 'stacks/shop.ts': stackFile() });

test.each([
  [['synth', '-e', 'dev', '--environment', 'live'], '--environment <name>', 'dev and live'],
  [['synth', '--out', 'a', '-o', 'b'], '--out <folder>', 'a and b'],
  [['check', '--explain', 'a', '--explain', 'b'], '--explain <policy>', 'a and b'],
])('an option that is given twice is refused: %j', (args, option, values) => {
  expect(runBuilt(project(), args)).toMatchObject({
    status: 1,
    stdout: '',
    stderr:
      `Option '${option}' is given twice, with ${values}: write it once\n` +
      `catamaran ${args[0]} --help shows its arguments and options\n`,
  });
});

const backedUp = ['restore', 'shop', '-e', 'dev', '-c', 'database'];

test.each([
  [
    ['images', '--update'],
    'catamaran images: --update has no effect without --pin: add --pin, or leave --update out',
  ],
  [
    ['images', '--registry-mirror', 'https://m'],
    'catamaran images: --registry-mirror has no effect without --pin: add --pin, or leave --registry-mirror out',
  ],
  [
    ['build', '--registry-mirror', 'https://m'],
    'catamaran build: --registry-mirror has no effect without --push: add --push, or leave --registry-mirror out',
  ],
  [
    ['check', '--explain', 'not-root', '--environment', 'dev'],
    'catamaran check: --environment has no effect with --explain: leave one of them out',
  ],
  [
    ['check', 'shop', '--explain', 'not-root'],
    'catamaran check: the application shop has no effect with --explain: leave one of them out',
  ],
  [
    [...backedUp, '--list', '--from', 'a.dump'],
    'catamaran restore: --from has no effect with --list: leave one of them out',
  ],
  [
    [...backedUp, '--list', '--yes'],
    'catamaran restore: --yes has no effect with --list: leave one of them out',
  ],
])('an option without effect is refused: %j', (args, message) => {
  expect(runBuilt(project(), args)).toMatchObject({ status: 1, stdout: '', stderr: `${message}\n` });
});
