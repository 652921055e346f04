/** A text that compose leaves as it is. @see https://docs.docker.com/reference/compose-file/interpolation/ */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
