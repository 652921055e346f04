import { vdt2023, placed } from '../support/subjects';
import { appliedToDocker } from './to-docker';

appliedToDocker(placed(vdt2023, 'applied'));
