import { core, placed } from '../support/subjects';
import { appliedToKubernetes } from '../applied/to-kubernetes';

appliedToKubernetes(placed(core, 'applied'));
