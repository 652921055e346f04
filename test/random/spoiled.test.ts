import fc from 'fast-check';
import { formatIssue } from 'catamaran';
import { valid } from './application';
import { outcomeOf, type Outcome } from './outcome';
import { holds } from './runs';
import { mistyped, mistypings, spoiled, spoilings } from './spoil';

/** A refusal is of issues that each say where, what, and what to write instead, in one line. */
function expectWords(outcome: Outcome): void {
  if (outcome.kind === 'planned') return;
  expect(outcome.issues.length).toBeGreaterThan(0);
  expect(outcome.message).toBe(outcome.issues.map(formatIssue).join('\n'));
  for (const issue of outcome.issues) {
    const { path, field, write } = issue;
    expect([path, field, write.trim()]).not.toContain('');
    // Neither a second line nor a trace of where in our code it was found.
    expect(formatIssue(issue)).not.toMatch(
      /TypeError|RangeError|NaN|is not a function|not iterable|undefined is|\[object|has the wrong type/,
    );
    expect(formatIssue(issue)).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\bat .*:\d+:\d+/u);
  }
}

test('an application with mistakes is planned, or refused with issues', () => {
  holds(
    800,
    fc.property(valid, spoilings, (description, some) => {
      expectWords(outcomeOf(spoiled(description, some)));
    }),
  );
});

test('an application with values of wrong types is planned, or refused with issues', () => {
  holds(
    800,
    fc.property(valid, mistypings, (description, some) => {
      expectWords(outcomeOf(mistyped(description, some)));
    }),
  );
});
