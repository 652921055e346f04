import { vdt2023, placed } from '../support/subjects';
import { appliedToKubernetes } from './to-kubernetes';

appliedToKubernetes(placed(vdt2023, 'applied'));
