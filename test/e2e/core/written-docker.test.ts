import { core, placed } from '../support/subjects';
import { writtenForDocker } from '../written/for-docker';

writtenForDocker(placed(core, 'written'));
