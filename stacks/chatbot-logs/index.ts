import { defineStack } from 'catamaran';
import { ChatbotLogs } from './application';
import { environments } from './environments';

export default defineStack(ChatbotLogs, environments);
