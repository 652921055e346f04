/**
 * A text that the kubelet leaves as it is in variables, commands and probes, where `$(NAME)` is expanded and
 * `$$` stands for a dollar sign.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export function escape(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}
