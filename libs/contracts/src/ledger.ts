/** The schools' logs, as listed for anyone. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class LedgerListItem {
  @ApiProperty({ example: 'thcs-song-may' }) school: string;
  @ApiProperty({ example: 'Trường THCS Sông Mây' }) name: string;
  @ApiProperty({ example: 'demo.so-cai.example/thcs-song-may' }) origin: string;
  @ApiProperty({ example: 'demo.so-cai.example/thcs-song-may+1a2b3c4d+AS4…' }) vkey: string;
  @ApiProperty({ example: 97, description: 'Entries under the published checkpoint' }) size: number;
  @ApiProperty({ example: 'http://localhost:3000/ledger/thcs-song-may' }) url: string;
  @ApiProperty({ example: true, description: 'Its keys are on this machine and prove nothing to a stranger' })
  demo: boolean;
}

/** The province's log of the schools' checkpoints and of the trust bundles. */
export class LedgerDirectory {
  @ApiProperty({ example: 'demo.so-cai.example/directory' }) origin: string;
  @ApiProperty({ example: 'demo.so-cai.example/directory+5e6f7a8b+AT9…' }) vkey: string;
  @ApiProperty({ example: 31, description: 'Entries under the published checkpoint' }) size: number;
  @ApiProperty({ example: 'http://localhost:3000/ledger/directory' }) url: string;
}

export class LedgerListAnswer {
  @ApiProperty({ type: [LedgerListItem] }) logs: LedgerListItem[];
  @ApiPropertyOptional({
    type: LedgerDirectory,
    description: 'Left out until its first witnessed checkpoint',
  })
  directory?: LedgerDirectory;
}
