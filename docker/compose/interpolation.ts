import { renderTemplate, type Template } from '../../constructs/model/template';

/** Escapes a text, so that compose replaces no variables in it. @see https://docs.docker.com/reference/compose-file/interpolation/ */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A text with secrets, for compose to fill in. @param defaults the values of optional secrets that have none, by name */
export function variable(template: Template, defaults: Readonly<Record<string, string>>): string {
  return renderTemplate(template, literal, (name) => {
    const otherwise = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    return otherwise === undefined
      ? `\${${name}:?is missing, see catamaran secrets}`
      : `\${${name}:-${literal(otherwise)}}`;
  });
}

/**
 * Whether compose reads the default of the last secret in a text as it is meant. A default cannot have a line break. Its end
 * is where compose has counted as many `}` as `{`; it does not look at the character after a `{`.
 * @param text the text as compose gets it, from the `${` of the secret to the end
 * @param end where the `}` after the default is
 * @see https://github.com/compose-spec/compose-go/blob/main/template/template.go
 */
export function endsWhereMeant(text: string, end: number): boolean {
  let open = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '}' && --open === 0) return index === end;
    if (text[index] === '{') {
      open++;
      index++;
    }
  }
  // Without an end, compose takes all that follows.
  return end === text.length - 1;
}
