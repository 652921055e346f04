import { IssuesError } from '../issue';
import { checkCall } from '../shape/call';
import { text as textKind } from '../shape/words';
import { unplainPart } from '../target/plain-data';
import { opaque } from './opaque';

/** Data that JSON can represent. */
export type JsonData =
  string | number | boolean | null | readonly JsonData[] | { readonly [key: string]: JsonData };

/**
 * An environment variable whose value is JSON.
 *
 * @example env: { CORS_ORIGINS: Json.of(['http://localhost:3000']) }
 */
export class Json {
  private constructor(readonly text: string) {}

  /** Converts data to JSON. @throws IssuesError if JSON cannot represent a part of the data */
  static of(data: JsonData): Json {
    // What refuses to become a string says itself what to write.
    const json = jsonOf(data);
    const problem = unplainPart({ data });
    if (problem !== undefined) {
      const write = 'only texts, finite numbers, true, false, null, lists and objects';
      const sentence = `data has ${problem}: write ${write}`;
      throw new IssuesError([{ path: 'Json.of', field: 'data', got: problem, write, sentence }]);
    }
    return new Json(json);
  }

  /** Takes a text that is JSON already. Text that is not valid JSON is reported as an issue. */
  static text(text: string): Json {
    checkCall('Json.text', { text }, { text: textKind('a text that is JSON') });
    return new Json(text);
  }
}

// A circle of objects is told with all that is not plain data.
function jsonOf(data: JsonData): string {
  try {
    return JSON.stringify(data);
  } catch (error) {
    if (error instanceof IssuesError) throw error;
    return '';
  }
}

opaque(Json.prototype, () => ({
  what: 'a Json value',
  write: 'it as the whole value of a variable in env',
}));
