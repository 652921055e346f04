import { core, placed } from '../support/subjects';
import { appliedToDocker } from '../applied/to-docker';

appliedToDocker(placed(core, 'applied'));
