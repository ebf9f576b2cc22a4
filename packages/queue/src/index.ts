export { createConsumer } from './create-consumer.ts';
export { createQueue } from './create-queue.ts';
export type { Consumer, Processors, Queue, QueueConnection } from './queue.ts';
