import type { Refusal, RefusalCode } from '../model/command.ts';

export const refusal = (code: RefusalCode, message: string, remedy: string): Refusal => ({ code, message, remedy });
