import type { Planned } from '../../constructs/pipeline/plan';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { Workload } from '../../constructs/model/workload';
import type { Note } from '../../constructs/target/lowering';
import { planOfApp, thrownBy, type Build, type TestApplicationOptions } from './application';

/** An application and what it is planned for. */
export interface Scene {
  readonly build: Build;
  readonly place: EnvironmentSpec;
  readonly options?: TestApplicationOptions;
}

/** A rule of a table, and two applications: one that it is about, and one that it is not. */
export interface RuleCase {
  /** Where the rule stands, as `docker schedule`. */
  readonly rule: string;
  readonly field: keyof Workload;
  readonly workload: string;
  /** The whole note, or reason. */
  readonly words: string;
  /** Of a refusal: everything of the issue between the component's path and the way to accept it. */
  readonly says: string | undefined;
  readonly breaks: Scene;
  /** Undefined where the rule is about every application. */
  readonly keeps: Scene | undefined;
}

function planned({ build, place, options }: Scene, accept: readonly (keyof Workload)[] = []): Planned {
  return planOfApp(build, { ...place, accept }, options);
}

/** Fails unless a rule has its say of the application that breaks it, in these words, and none of the other. */
export function expectRule({ field, workload, words, says, breaks, keeps }: RuleCase): void {
  const noted = (note: string): Note => ({ field, workloads: [workload], note });
  if (says === undefined) {
    expect(planned(breaks).notes).toContainEqual(noted(words));
  } else {
    expect(thrownBy(() => planned(breaks)).message).toBe(
      `shop/${workload}: ${says}, or accept: ['${field}'] in environment dev (${words})`,
    );
    expect(planned(breaks, [field]).notes).toContainEqual(noted(`accepted: ${words}`));
  }
  if (keeps) expect(planned(keeps).notes.map(({ note }) => note)).not.toContain(words);
}
