import { Json, Secret } from 'catamaran';
import { issuesOfApp, withProps } from '../../../support/application';

describe('a variable', () => {
  test.each([
    ['1A', 'a name that does not start with a digit, such as A'],
    ['A/B', 'A_B: only letters, digits and _ . - are allowed'],
    ['..', 'a name that does not start with two dots'],
    ['.', 'a name that does not start with two dots'],
    ['', 'a name, such as LOG_LEVEL'],
    ['A B', 'A_B: only letters, digits and _ . - are allowed'],
    ['A=', 'the name alone, without = and the value'],
    ['\u00c9', 'a name of letters, digits and _ . -'],
  ])('name, %p, is refused', (name, write) => {
    expect(issuesOfApp(withProps({ env: { [name]: 'x' } }))).toEqual([
      `shop/api: env has the variable ${JSON.stringify(name)}: write ${write}`,
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
      'shop: secret is "my-token": write my_token: only letters, digits and _ are allowed',
    ]);
  });
});
