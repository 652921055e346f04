import { vdt2023, placed } from '../support/subjects';
import { writtenForKubernetes } from './for-kubernetes';

writtenForKubernetes(placed(vdt2023, 'written'));
