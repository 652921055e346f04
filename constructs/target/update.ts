/** The text of each file by its path in an environment's folder. */
export type Files = Readonly<Record<string, string>>;

/** What is wrong with an update, the worst first. Each has one sentence for reports. */
export const effects = {
  'leaves-data': 'Data does not come along',
  refused: 'The platform refuses this change as it is',
  'stays-behind': 'Something old keeps running',
} as const;
export type Effect = keyof typeof effects;

/**
 * Something that an update of a running application needs besides its new files: the platform would refuse a change, leave
 * data behind, or leave something running.
 */
export interface Update {
  /** The object on the platform, such as `StatefulSet database`. */
  readonly object: string;
  readonly effect: Effect;
  /** Why, in sentences. */
  readonly reason: string;
  /** What to do, in order: lines of a shell. A line that starts with # says what no command can do. */
  readonly steps: readonly string[];
}

/** The updates with the worst effects first; otherwise in their order. */
export function worstFirst<One extends Pick<Update, 'effect'>>(updates: readonly One[]): One[] {
  const order = Object.keys(effects);
  return updates.toSorted((left, right) => order.indexOf(left.effect) - order.indexOf(right.effect));
}
