/**
 * What the server does by itself every so often while it runs: one run at a time, waited for when the server stops. A
 * run that fails is logged, and the next one looks again at what is due.
 */
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

export abstract class RegularWork implements OnApplicationBootstrap, OnModuleDestroy {
  protected readonly logger: Logger;
  // Truly private: whoever extends this has names of its own.
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();
  /** Runs under way or waited for. */
  #runs = 0;
  /** Why the last run failed: the same is not said again every few seconds. */
  #fault: string | undefined;

  /** @param context of the log's lines; the first run is after `everyMs` unless `atOnce` */
  protected constructor(
    context: string,
    private readonly everyMs: number,
    private readonly atOnce?: 'atOnce',
  ) {
    this.logger = new Logger(context);
  }

  /** One run: does all that is due now. */
  protected abstract work(): Promise<void>;

  onApplicationBootstrap(): void {
    const turn = () => void (this.#runs === 0 && this.look());
    if (this.atOnce !== undefined) turn();
    this.#timer = setInterval(turn, this.everyMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  /** A run after those under way; never rejects. */
  look(): Promise<void> {
    this.#runs += 1;
    this.#last = this.#last
      .then(() => this.work())
      .then(() => undefined, String)
      .then((fault) => {
        this.#runs -= 1;
        if (fault !== undefined && fault !== this.#fault)
          this.logger.error(`${this.constructor.name}: ${fault}`);
        this.#fault = fault;
      });
    return this.#last;
  }
}
