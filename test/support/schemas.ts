import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';

/** A published schema, as test/schemas/README.md lists them. */
export type SchemaName = 'argo-cd-application' | 'flux-kustomization';

/** JSON Schema, as far as a CustomResourceDefinition has it. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

interface Definition {
  readonly spec: {
    readonly versions: readonly { readonly name: string; readonly schema: { openAPIV3Schema: Schema } }[];
  };
}

/** The text of a CustomResourceDefinition, as its project publishes it. */
export function definitionText(name: SchemaName): string {
  return gunzipSync(readFileSync(join(__dirname, '..', 'schemas', `${name}.yaml.gz`))).toString('utf8');
}

/** The schema of compose files. */
export function composeSchema(): Schema {
  const text = gunzipSync(readFileSync(join(__dirname, '..', 'schemas', 'compose.json.gz'))).toString('utf8');
  // Its dialect has an address that no validator knows it by.
  const { $schema: _dialect, ...schema } = JSON.parse(text) as Schema;
  return schema;
}

/** The schema of one version of a kind, in which a field that it does not know is an error. */
export function publishedSchema(name: SchemaName, version: string): Schema {
  const { spec } = parse(definitionText(name)) as Definition;
  const found = spec.versions.find((one) => one.name === version);
  if (!found) throw new Error(`${name} has no version ${version}`);
  return closed(found.schema.openAPIV3Schema);
}

function closed(schema: Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, closed(property)]),
      ),
      additionalProperties: schema['x-kubernetes-preserve-unknown-fields'] === true,
    }),
    ...(items && { items: closed(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: closed(additionalProperties) }),
  };
}
