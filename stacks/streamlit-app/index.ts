import { defineStack } from 'catamaran';
import { StreamlitApp } from './application';
import { environments } from './environments';

export default defineStack(StreamlitApp, environments);
