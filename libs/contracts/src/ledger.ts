/** The schools' logs, as listed for anyone. */
import { ApiProperty } from '@nestjs/swagger';

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

export class LedgerListAnswer {
  @ApiProperty({ type: [LedgerListItem] }) logs: LedgerListItem[];
}
