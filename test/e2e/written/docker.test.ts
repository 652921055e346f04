import { vdt2023, placed } from '../support/subjects';
import { writtenForDocker } from './for-docker';

writtenForDocker(placed(vdt2023, 'written'));
