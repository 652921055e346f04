/**
 * Escapes a text, so that the kubelet does not change it in variables, commands and probes: the kubelet expands
 * `$(NAME)`, and reads `$$` as one dollar sign. It works on bytes, so a `$` before a character of several bytes, which
 * the kubelet would break, is escaped as well.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export function escape(text: string): string {
  return text.replace(/\$(?=[$(\u0080-\uffff]|$)/g, '$$$$');
}
