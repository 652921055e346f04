import { keepPlace, placeOf } from '../code-place';
import { IssuesError } from '../issue';
import { opaque } from './opaque';
import { Reference } from './reference';

/** A reference that is looked up when all components exist; see {@link later}. */
export class Later {
  constructor(private readonly look: () => unknown) {}

  /** Looks the reference up. @throws IssuesError if there is none */
  reference(): Reference {
    const got = this.found();
    if (got instanceof Reference) return got;
    const place = placeOf(this);
    const write = 'later(() => web.url), with a component that the constructor of the application creates';
    const sentence = got === undefined ? `later(…) finds no component: write ${write}` : undefined;
    throw new IssuesError([
      {
        path: 'later',
        field: 'later(…)',
        got,
        write,
        ...(sentence !== undefined && { sentence }),
        ...(place && { place }),
      },
    ]);
  }

  // A variable that never gets its component throws a TypeError or a ReferenceError.
  private found(): unknown {
    try {
      return this.look();
    } catch (error) {
      if (error instanceof TypeError || error instanceof ReferenceError) return undefined;
      throw error;
    }
  }
}

opaque(Later.prototype, () => ({
  what: 'a reference of later(…)',
  write: 'it as the whole value of a variable, or text`${later(() => web.url)}/v1`',
}));

/**
 * A reference outside the start order: the component may connect to the other one, but does not wait for it. So two
 * components can know each other, and the other one may be created further down in the constructor. Use it as the
 * value of a variable, or in a text``.
 *
 * @param look returns the reference; it is called when all components exist
 * @throws IssuesError if it gets no function
 * @example
 * const api = new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { WEB_URL: later(() => web.url) } });
 * const web = new Backend(this, 'web', { image: 'web:1.0', port: 3000, env: { API_URL: api.url } });
 */
export function later(look: () => void): Later {
  // With Reference as the result of `look`, TypeScript could not find the types of two components that refer to each
  // other: each would need that of the other first. So the result is checked when it is looked up.
  if (typeof look !== 'function')
    throw new IssuesError([
      { path: 'later', field: 'reference', got: look, write: 'later(() => web.url), with a function' },
    ]);
  return keepPlace(new Later(look), later);
}
