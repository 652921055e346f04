import { Json, Secret } from 'catamaran';
import { issuesOfApp, withProps } from '../../../support/application';

describe('a variable', () => {
  test.each(['1A', 'A-B', '', 'A B', 'A='])('name, %p, is refused', (name) => {
    expect(issuesOfApp(withProps({ env: { [name]: 'x' } }))).toEqual([
      `shop/api: env has the variable ${JSON.stringify(name)}: write a name of letters, digits and _ that ` +
        'does not start with a digit',
    ]);
  });

  test('of JSON text holds JSON', () => {
    expect(issuesOfApp(withProps({ env: { ORIGINS: Json.text("['a']") } }))).toEqual([
      `shop/api: env.ORIGINS is "['a']": write valid JSON, or Json.of(data)`,
    ]);
  });

  test('is neither NaN nor null', () => {
    const env = { WORKERS: Number('many'), ...(JSON.parse('{"HOST":null}') as Record<string, string>) };
    expect(issuesOfApp(withProps({ env }))).toEqual([
      'shop/api: env.WORKERS is not a finite number: write a text, a finite number, true or false',
      'shop/api: env.HOST is null: write a text, a finite number, true or false',
    ]);
  });

  test('takes a secret only with a name that every source allows', () => {
    expect(issuesOfApp(withProps({ env: { TOKEN: Secret.named('my-token') } }))).toEqual([
      'shop: secret is "my-token": write a name of letters, digits and _ that does not start with a digit',
    ]);
  });
});
