/** What a workflow tells its worker, beside history: marks for replay tests, for alarms and for the places at which tests kill a worker. */
import { proxySinks, type Sinks } from '@temporalio/workflow';

export interface MarkSinks extends Sinks {
  marks: {
    /** Called on replay too: the digest that history recorded for a flush, and the one this code computed. */
    flushed(flush: { instance: string; number: number; recorded: string; computed: string }): void;
    rolling(): void;
  };
}

export const { marks } = proxySinks<MarkSinks>();
