import type { Planned } from '../../constructs/pipeline/plan';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { Feature } from '../../constructs/model/features';
import type { Note } from '../../constructs/target/lowering';
import { planOfApp, thrownBy, type Build, type TestApplicationOptions } from './application';

/** An application and what it is planned for. */
export interface Scene {
  readonly build: Build;
  readonly place: EnvironmentSpec;
  readonly options?: TestApplicationOptions;
}

/** The parts of the message of a refusal, besides the path and the reason. */
interface Refusal {
  /** What is refused, as `Docker refuses autoscaling`. */
  readonly what: string;
  readonly fix: string;
  /** Whether an environment can accept it. */
  readonly acceptance: 'by name' | 'never';
}

/** A refusal of a field; with its value, if the message names it. */
export function refusalOf(target: string, field: string, got: string | undefined, fix: string): Refusal {
  return {
    what: got === undefined ? `${target} refuses ${field}` : `${field} is ${got}, which ${target} refuses`,
    fix,
    acceptance: 'by name',
  };
}

/** A refusal that no environment can accept. @param what what the message names, as `check is missing` */
export function finalRefusal(target: string, what: string, fix: string): Refusal {
  return { what: `${what}, which ${target} refuses`, fix, acceptance: 'never' };
}

/** A rule of a table, with an application that it applies to, and one that it does not apply to. */
export interface RuleCase {
  /** The name of the rule, as `docker schedule`. */
  readonly rule: string;
  readonly field: Feature;
  readonly workload: string;
  /** The whole note, or reason. */
  readonly words: string;
  /** Undefined for a note. */
  readonly refusal: Refusal | undefined;
  readonly breaks: Scene;
  /** Undefined if the rule applies to every application. */
  readonly keeps: Scene | undefined;
}

function planned({ build, place, options }: Scene, accept: readonly Feature[] = []): Planned {
  return planOfApp(build, { ...place, accept }, options);
}

/** Expects the whole note or refusal for the application that breaks a rule, and none for the one that keeps it. */
export function expectRule({ field, workload, words, refusal, breaks, keeps }: RuleCase): void {
  const noted = (note: string): Note => ({ field, workloads: [workload], note });
  if (refusal === undefined) {
    expect(planned(breaks).notes).toContainEqual(noted(words));
  } else if (refusal.acceptance === 'never') {
    const message = `shop/${workload}: ${refusal.what}: ${words}. Write ${refusal.fix}`;
    expect(thrownBy(() => planned(breaks)).message).toBe(message);
    expect(thrownBy(() => planned(breaks, [field])).message.split('\n')[0]).toBe(message);
  } else {
    expect(thrownBy(() => planned(breaks)).message).toBe(
      `shop/${workload}: ${refusal.what}: ${words}. Write ${refusal.fix}; or accept this with accept: ['${field}'] in environment dev`,
    );
    expect(planned(breaks, [field]).notes).toContainEqual(noted(`accepted: ${words}`));
  }
  if (keeps) expect(planned(keeps).notes.map(({ note }) => note)).not.toContain(words);
}
