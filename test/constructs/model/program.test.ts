import { filled, oneLine } from '../../../constructs/model/program';

test('a program becomes one line, with no semicolon after what goes on in the next', () => {
  const program = `set -eu
while true; do
  { echo a
    echo b
  } >file
done
mkdir a &&
  cd a
`;
  expect(oneLine(program)).toBe('set -eu; while true; do { echo a; echo b; } >file; done; mkdir a && cd a');
});

test('a text replaces its variable with the quotes around it, and no other variable', () => {
  const program = 'run --host="$HOST" "for $HOST" "$HOSTNAME" "$1" $LIMIT\n';
  expect(filled(program, { HOST: "'$LIMIT'", LIMIT: '5' })).toBe(
    'run --host=\'$LIMIT\' "for \'$LIMIT\'" "$HOSTNAME" "$1" 5\n',
  );
});
