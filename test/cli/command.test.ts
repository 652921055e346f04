import { withDefaults, defineCommand, shortestLine } from '../../cli/command';
import { UsageError } from '../../cli/failure';

const wash = defineCommand({
  name: 'wash',
  summary: 'Wash the deck',
  arguments: { deck: { summary: 'a deck', required: true }, side: { summary: 'one side' } },
  options: {
    soap: { value: 'name', summary: 'the soap', default: 'green' },
    brush: { value: 'name', summary: 'the brush', required: true },
    hotWater: { value: 'litres', summary: 'the water' },
    dry: { summary: 'dry it' },
  },
  examples: ['catamaran wash upper --brush hard'],
  run({ deck, side, soap, brush, hotWater, dry }) {
    // What each is, by its declaration.
    const texts: readonly string[] = [deck, soap, brush];
    const optional: readonly (string | undefined)[] = [side, hotWater];
    const flag: boolean = dry;
    console.log(texts, optional, flag);
  },
});

test('what is not said has its default', () => {
  expect(withDefaults(wash, { deck: 'upper', brush: 'hard' })).toEqual({
    deck: 'upper',
    side: undefined,
    soap: 'green',
    brush: 'hard',
    hotWater: undefined,
    dry: false,
  });
});

test('what is said stays', () => {
  const said = { deck: 'upper', side: 'left', soap: 'blue', brush: 'soft', hotWater: '5', dry: true };
  expect(withDefaults(wash, said)).toEqual(said);
});

test('everything that is missing is said at once', () => {
  expect(() => withDefaults(wash, { side: 'left' })).toThrow(
    new UsageError('catamaran wash: deck and brush are missing: write catamaran wash <deck> --brush <name>'),
  );
  expect(shortestLine(wash)).toBe('catamaran wash <deck> --brush <name>');
});

test('a command takes no option that it does not declare', () => {
  // @ts-expect-error rinse is no option of it
  expect(withDefaults(wash, { deck: 'upper', brush: 'hard', rinse: true })).not.toHaveProperty('rinse');
});
