/**
 * Escapes a text, so that the kubelet does not change it in variables, commands and probes: the kubelet expands
 * `$(NAME)`, and reads `$$` as one dollar sign. The kubelet works on bytes, and would break a character of several bytes
 * that follows a `$`. So this `$` is escaped as well.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export function escape(text: string): string {
  return text.replace(/\$(?=[$(\u0080-\uffff]|$)/g, '$$$$');
}
