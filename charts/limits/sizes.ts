import { limits } from '../../constructs/model/limits';
import { isKey, keyHint } from '../../constructs/model/name';
import { sizeFault } from '../../constructs/target/program-texts';
import { bytes } from '../../constructs/target/report';
import type { Manifest } from '../manifest';
import { eachObject, faultUnless, type Fault } from '../policy/rules';
import type { ClusterLimit } from './limit';

const applied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The size of an object, because `kubectl apply` keeps the object as JSON in an annotation of the object.
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/
 */
export const objectSize: ClusterLimit = {
  source: limits.annotations.source,
  check: eachObject((object) => {
    const size = annotationSize(object);
    const { most } = limits.annotations;
    const write = `${bytes.text(most)} or less, such as fewer or smaller files, or an image that contains them`;
    return size <= most
      ? []
      : [
          {
            field: 'metadata.annotations',
            got: size,
            write,
            sentence:
              `with its annotations is ${bytes.text(size)}, because kubectl apply keeps the object in one of them: ` +
              `write ${write}`,
          },
        ];
  }),
};

/** The bytes of all annotations after `kubectl apply`. */
function annotationSize(object: Manifest): number {
  const { annotations = {} } = object.metadata;
  const whole = { ...object, metadata: { ...object.metadata, annotations } };
  const texts = Object.entries({ ...annotations, [applied]: `${jsonOf(whole)}\n` }).flat();
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

// Go writes these characters as six, so that JSON can stand in HTML.
function jsonOf(object: unknown): string {
  return JSON.stringify(object).replace(/[<>&\u2028\u2029]/g, '      ');
}

/** The size of a ConfigMap, however it is applied. */
export const configurationSize: ClusterLimit = {
  source: limits.configuration.source,
  check: eachObject((object): Fault[] => {
    const size = Object.values(dataOf(object)).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    return sizeFault('data', size, limits.configuration.most);
  }),
};

/** The keys of ConfigMaps, which are the names of files. */
export const configurationKeys: ClusterLimit = {
  source: limits.key.source,
  check: eachObject((object) =>
    Object.keys(dataOf(object)).flatMap((key) => faultUnless(isKey(key), 'data key', key, keyHint)),
  ),
};

function dataOf(object: Manifest): Readonly<Record<string, string>> {
  return object.kind === 'ConfigMap' ? { ...object.data, ...object.binaryData } : {};
}
