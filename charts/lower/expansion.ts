/**
 * A text that the kubelet leaves as it is in variables, commands and probes, where `$(NAME)` is expanded and
 * `$$` stands for a dollar sign. It reads bytes, so that a letter of several after a `$` would be torn apart.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export function escape(text: string): string {
  return text.replace(/\$(?=[$(\u0080-\uffff]|$)/g, '$$$$');
}
