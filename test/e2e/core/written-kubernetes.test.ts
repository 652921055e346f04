import { core, placed } from '../support/subjects';
import { writtenForKubernetes } from '../written/for-kubernetes';

writtenForKubernetes(placed(core, 'written'));
