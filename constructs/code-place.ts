/**
 * The place that code was called from: an error, or an object that `Error.captureStackTrace` has filled. Node.js makes
 * the text of `stack` when it is first read. Only messages read it.
 */
export interface CodePlace {
  readonly stack?: string;
}

type Callee = NonNullable<Parameters<typeof Error.captureStackTrace>[1]>;

// The places are not fields of the objects, because plans and written files are made from those fields.
const places = new WeakMap<object, CodePlace>();

/**
 * Remembers the place in the code where an object is made.
 * @param callee the function or class that makes the object: the place is the code that calls it
 */
export function keepPlace<Made extends object>(made: Made, callee: Callee): Made {
  const place: CodePlace = {};
  Error.captureStackTrace(place, callee);
  places.set(made, place);
  return made;
}

/** Gives a copy the place of its original. */
export function copyPlace<Copy extends object>(original: object, copy: Copy): Copy {
  const place = places.get(original);
  if (place) places.set(copy, place);
  return copy;
}

/** The place in the code where an object was made; undefined if `keepPlace` was not called for it. */
export function placeOf(made: object): CodePlace | undefined {
  return places.get(made);
}
