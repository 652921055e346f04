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

  /** Converts data to JSON. */
  static of(data: JsonData): Json {
    return new Json(JSON.stringify(data));
  }

  /** Takes a text that is JSON already. Text that is not valid JSON is reported as an issue. */
  static text(text: string): Json {
    return new Json(text);
  }
}

opaque(Json.prototype, () => ({
  what: 'a Json value',
  write: 'it as the whole value of a variable in env',
}));
