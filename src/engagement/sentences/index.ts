export { changeSentence } from './change-sentence';
export { eventSentence } from './event-sentence';
export { healthSentence } from './health-sentence';
export { titlesOf } from './titles';
export type { Titles } from './words';
