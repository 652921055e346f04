import { isMapping, type Mapping } from '../../constructs/model/data';

/** The value in a JSON text; undefined if the text is not JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object in a JSON text; undefined if the text is not JSON, or another value than an object. */
export function jsonObject(text: string): Mapping | undefined {
  const value = jsonValue(text);
  return isMapping(value) ? value : undefined;
}
