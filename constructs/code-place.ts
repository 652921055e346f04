/**
 * Where code was called from: an error, or an object that `Error.captureStackTrace` was called with. The text of the
 * stack trace is made when it is first read, which is only for a message.
 */
export interface CodePlace {
  readonly stack?: string;
}

type Callee = NonNullable<Parameters<typeof Error.captureStackTrace>[1]>;

// Beside the objects, not in them: what is planned and written comes from their fields.
const places = new WeakMap<object, CodePlace>();

/** Keeps where an object is made. @param callee the function or class that the caller called to make it */
export function keepPlace<Made extends object>(made: Made, callee: Callee): Made {
  const place: CodePlace = {};
  Error.captureStackTrace(place, callee);
  places.set(made, place);
  return made;
}

/** Keeps for a copy where its original was made. */
export function copyPlace<Copy extends object>(original: object, copy: Copy): Copy {
  const place = places.get(original);
  if (place) places.set(copy, place);
  return copy;
}

/** Where an object was made; undefined if nobody kept it. */
export function placeOf(made: object): CodePlace | undefined {
  return places.get(made);
}
