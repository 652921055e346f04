/** Escapes a text, so that compose replaces no variables in it. @see https://docs.docker.com/reference/compose-file/interpolation/ */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
