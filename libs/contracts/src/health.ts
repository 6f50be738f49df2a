/** How the server is, for whoever looks after it, and for the pages that warn their users. */
import { ApiProperty } from '@nestjs/swagger';

/** `standby`: another process of the installation writes the log. */
const LOG_STANDINGS = [
  'starting',
  'running',
  'standby',
  'waiting-for-witnesses',
  'failing',
  'read-only',
] as const;
export type LogStandingName = (typeof LOG_STANDINGS)[number];

/** A witness' cosignature of a log's public checkpoint. */
export class WitnessedHealth {
  @ApiProperty({ example: 'so-gddt' }) witness: string;
  @ApiProperty({ example: 97, description: 'Entries under the checkpoint it cosigned' }) size: number;
  @ApiProperty({ example: '2026-11-22T03:00:00.000Z', description: "By the witness' clock" }) at: string;
}

/** One log. */
export class LogHealth {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'thcs-song-may',
    description: "Null for the province's directory log",
  })
  school: string | null;
  @ApiProperty({ example: 'demo.so-cai.example/thcs-song-may' }) origin: string;
  @ApiProperty({ enum: LOG_STANDINGS, example: 'running' }) standing: LogStandingName;
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The code of what keeps it from going on',
  })
  fault: string | null;
  @ApiProperty({ example: 97, description: 'Entries committed' }) size: number;
  @ApiProperty({ example: 97, description: 'Entries under the public checkpoint' }) publishedSize: number;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-11-22T03:00:00.000Z',
    description: 'When the last of its witnesses saw the public checkpoint; null when none has',
  })
  publishedAt: string | null;
  @ApiProperty({ type: [WitnessedHealth] }) witnesses: WitnessedHealth[];
}

/** One witness, as the logs of this process find it. */
export class WitnessHealth {
  @ApiProperty({ example: 'so-gddt' }) name: string;
  @ApiProperty({ example: 'demo-witness.so-cai.example' }) operator: string;
  @ApiProperty({ type: String, nullable: true, example: '2026-11-22T03:00:00.000Z' })
  answeredAt: string | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why its last call failed' })
  failure: string | null;
}

export class LedgerHealth {
  @ApiProperty({ example: false, description: 'Checkpoints are published without a quorum of witnesses' })
  failOpen: boolean;
  @ApiProperty({ type: [WitnessHealth] }) witnesses: WitnessHealth[];
  @ApiProperty({ type: [LogHealth] }) logs: LogHealth[];
}

export class HealthAnswer {
  @ApiProperty({ example: 'ready' }) status: 'ready';
  @ApiProperty({ example: 'sqlite' }) database: 'sqlite' | 'postgres';
  @ApiProperty({ example: 2, description: 'Schools in this installation' }) schools: number;
  @ApiProperty({ type: LedgerHealth }) ledger: LedgerHealth;
}
