import { closest } from '../closest';
import { problemsOf, type Environment } from '../environment/environment';
import type { Issue } from '../issue';
import { environmentPath } from '../model/path';
import { checkCall } from '../shape/call';
import { optional, type Kind } from '../shape/kind';
import { number, quoted, text } from '../shape/words';

type Told = string | number;

/** What an application asked for. */
interface Question {
  readonly kind: 'text' | 'number';
  readonly otherwise: Told | undefined;
}

/** Stands for a text that is missing. It can be a host, so that it is not told a second time where it is used. */
const missingText = 'missing';
/** Stands for a number that is missing. It can be a port. */
const missingNumber = 8080;

const textName = text("the name of the text, such as 'DOMAIN'");

/** The texts and numbers that an environment says and its application asks for. */
export class EnvironmentTexts {
  private readonly asked = new Map<string, Question>();
  private readonly reported: Issue[] = [];

  constructor(
    private readonly application: string,
    private readonly environment: Environment,
  ) {}

  /** A text of the environment, or else the default. */
  text(name: string, otherwise: string | undefined): string {
    const told = this.ask('text', name, otherwise, text('a text, or leave it out'));
    return told === undefined ? missingText : String(told);
  }

  /** A number of the environment, or else the default. */
  number(name: string, otherwise: number | undefined): number {
    const told = this.ask('number', name, otherwise, number('a number, or leave it out'));
    if (told === undefined) return missingNumber;
    const read = typeof told === 'number' ? told : asNumber(told);
    if (read !== undefined) return read;
    this.report(`texts.${name}`, told, 'a number, because the application reads it with this.number(…)');
    return missingNumber;
  }

  /** What the application asked for and nobody says, and what the environment says and nobody asked for. */
  get issues(): readonly Issue[] {
    const names = [...this.asked.keys()];
    const unused = Object.keys(this.environment.texts).filter((name) => !this.asked.has(name));
    return [...this.reported, ...unused.map((name) => this.unused(name, names))];
  }

  private ask<Otherwise extends Told>(
    kind: Question['kind'],
    name: string,
    otherwise: Otherwise | undefined,
    known: Kind<Otherwise>,
  ): Told | undefined {
    const place = `first argument of ${kind}`;
    checkCall(this.application, { [place]: name }, { [place]: textName });
    const second = `second argument of ${kind}(${quoted(name)}, …)`;
    checkCall<Record<string, Otherwise | undefined>>(
      this.application,
      { [second]: otherwise },
      { [second]: optional(known) },
    );
    this.keep(kind, name, otherwise);
    const { texts } = this.environment;
    const told = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (told === undefined && otherwise === undefined) this.missing(kind, name);
    return told ?? otherwise;
  }

  private keep(kind: Question['kind'], name: string, otherwise: Told | undefined): void {
    const before = this.asked.get(name);
    if (before === undefined) this.asked.set(name, { kind, otherwise });
    else if (before.otherwise !== otherwise)
      this.report(
        `this.${kind}(${quoted(name)})`,
        otherwise,
        'the same default wherever the application asks for it',
        `this.${kind}(${quoted(name)}) has ${shown(otherwise)} in one place and ${shown(before.otherwise)} in another: ` +
          'write the same default in both',
        this.application,
      );
  }

  private missing(kind: Question['kind'], name: string): void {
    // A text of the wrong type was left out, and is told already.
    if (problemsOf(this.environment).some(({ field }) => /^texts(\.|$)/.test(field))) return;
    const example =
      kind === 'text' ? `texts: { ${key(name)}: '…' }` : `texts: { ${key(name)}: ${missingNumber} }`;
    const write = `${example} in environment ${this.environment.name}, or a default in this.${kind}(${quoted(name)}, …)`;
    this.report(`texts.${name}`, undefined, write);
  }

  private unused(name: string, asked: readonly string[]): Issue {
    const near = closest(name, asked);
    const known =
      asked.length === 0 ? 'the application asks for no texts' : `write one of ${asked.join(', ')}`;
    const sentence = `texts.${name} is a text that the application never asks for: ${
      near === undefined ? known : `did you mean ${near}?`
    }`;
    const write = near ?? (asked.length === 0 ? 'no texts' : `one of ${asked.join(', ')}`);
    return { path: this.path, field: `texts.${name}`, got: this.environment.texts[name], write, sentence };
  }

  private get path(): string {
    return environmentPath(this.application, this.environment.name);
  }

  private report(field: string, got: unknown, write: string, sentence?: string, path = this.path): void {
    this.reported.push({ path, field, got, write, ...(sentence !== undefined && { sentence }) });
  }
}

function asNumber(told: string): number | undefined {
  return /^-?\d{1,15}(\.\d{1,9})?$/.test(told.trim()) ? Number(told) : undefined;
}

function shown(otherwise: Told | undefined): string {
  return otherwise === undefined ? 'no default' : `the default ${JSON.stringify(otherwise)}`;
}

/** A name as a key of an object in TypeScript. */
function key(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : quoted(name);
}
