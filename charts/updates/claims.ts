import { isDeepStrictEqual } from 'node:util';
import { isObject, type Mapping } from '../../constructs/model/data';
import { valueAt } from '../../constructs/target/plain-data';
import { amountOf } from '../quantity';
import { immutable } from './immutable';
import { mappingAt, textAt } from './written';

/** A change of a volume claim that a cluster does not make by itself. */
export type ClaimChange =
  /** The cluster makes it when the claim itself is changed. */
  | { readonly kind: 'grows'; readonly text: string; readonly size: string }
  /** Only a new claim can have it. */
  | { readonly kind: 'new-claim'; readonly text: string }
  /** It has no effect on the claims that exist. */
  | { readonly kind: 'harmless'; readonly text: string };

/** Compares a volume claim, or the template of one, with its new version. @param title such as `volume data` */
export function claimChanges(title: string, before: Mapping, after: Mapping): ClaimChange[] {
  return [
    ...sizeChange(title, before, after),
    ...fixedChanges(title, before, after),
    ...others(title, before, after),
  ];
}

function sizeChange(title: string, before: Mapping, after: Mapping): ClaimChange[] {
  const [old, size] = [sizeOf(before), sizeOf(after)];
  const [bytesBefore, bytesAfter] = [amountOf(old) ?? 0, amountOf(size) ?? 0];
  if (bytesBefore === bytesAfter) return [];
  const text = `from ${old} to ${size}`;
  return bytesAfter > bytesBefore
    ? [{ kind: 'grows', size, text: `${title} grows ${text}` }]
    : [{ kind: 'new-claim', text: `${title} shrinks ${text}, and a claim cannot shrink` }];
}

function fixedChanges(title: string, before: Mapping, after: Mapping): ClaimChange[] {
  return immutable.PersistentVolumeClaim.flatMap(({ path }): ClaimChange[] => {
    const [old, now] = [valueAt(before, path), valueAt(after, path)];
    if (isDeepStrictEqual(old, now)) return [];
    return [
      {
        kind: 'new-claim',
        text: `${changed(`${path} of ${title}`, old, now)}, and a claim cannot change it`,
      },
    ];
  });
}

function others(title: string, before: Mapping, after: Mapping): ClaimChange[] {
  return ['metadata.labels', 'metadata.annotations'].flatMap((path): ClaimChange[] =>
    isDeepStrictEqual(mappingAt(before, path), mappingAt(after, path))
      ? []
      : [{ kind: 'harmless', text: `${title} has other ${path}` }],
  );
}

/** How a field changes, in words: `the field spec.serviceName changes from "a" to "b"`. */
export function changed(field: string, before: unknown, after: unknown): string {
  const text = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  const isLong = isObject(before) || isObject(after);
  return `the field ${field} changes${isLong ? '' : ` from ${text(before)} to ${text(after)}`}`;
}

function sizeOf(claim: Mapping): string {
  return textAt(claim, 'spec.resources.requests.storage');
}
