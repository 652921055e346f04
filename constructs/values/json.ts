/** Data that JSON can hold. */
export type JsonData =
  string | number | boolean | null | readonly JsonData[] | { readonly [key: string]: JsonData };

/** A value that is passed as JSON text. */
export class Json {
  private constructor(readonly text: string) {}

  /** The JSON text of data, such as a list of CORS origins. */
  static of(data: JsonData): Json {
    return new Json(JSON.stringify(data));
  }

  /** A text that must already be valid JSON. */
  static text(text: string): Json {
    return new Json(text);
  }
}
