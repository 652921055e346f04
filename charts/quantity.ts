const quantity = /^\+?(\d+\.?\d*|\.\d+)(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d+))?$/;

const factors: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/**
 * The number that a quantity of Kubernetes stands for, such as 0.5 for `500m`; undefined if it is none, or negative.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function amountOf(text: string | number): number | undefined {
  const [, number, unit = '', exponent = '0'] = quantity.exec(String(text)) ?? [];
  return number === undefined ? undefined : Number(number) * (factors[unit] ?? 1) * 10 ** Number(exponent);
}
