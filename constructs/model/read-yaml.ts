import { isMapping, type Mapping } from './data';

/** The mapping in a YAML text; undefined if the text is no YAML, or something else. */
export function readYaml(text: string): Mapping | undefined {
  // This package is loaded only if it is needed: most runs read no YAML, and they start faster.
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    const content: unknown = parse(text);
    return isMapping(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
