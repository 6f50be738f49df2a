/** What a page needs in order to ask the decision table itself: who I am today and how I stand to the school. */
import { ApiProperty } from '@nestjs/swagger';
import { SwitchesAnswer } from './settings.js';

export class HeldDelegationAnswer {
  @ApiProperty({ example: 'transcript.sign.principal' }) scope: string;
  @ApiProperty({ example: '31/QĐ-THCS' }) decisionNumber: string;
}

/** Whether there is anything in the school that I stand to so, today. */
export class SomewhereAnswer {
  @ApiProperty({ example: 'secondary', enum: ['primary', 'secondary'] }) schoolLevel: 'primary' | 'secondary';
  @ApiProperty({ example: true, description: 'I teach a subject of a class' }) teachesColumn: boolean;
  @ApiProperty({ example: true, description: 'I teach in a class, or am its homeroom teacher' })
  teachesClass: boolean;
  @ApiProperty({ example: false }) homeroomOfClass: boolean;
  @ApiProperty({ example: false, description: 'I head a group' }) inGroup: boolean;
  @ApiProperty({ example: false, description: 'Something is in my charge as vice-principal' })
  inScope: boolean;
  @ApiProperty({ example: false, description: 'I am the family of a pupil, or a pupil' }) ownChild: boolean;
}

export class RightsAnswer {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' }) personId: string;
  @ApiProperty({ example: '2026-11-22', description: 'Rules are those of this day' }) date: string;
  @ApiProperty({ example: ['teacher'], type: [String] }) roles: string[];
  @ApiProperty({ type: [HeldDelegationAnswer] }) delegations: HeldDelegationAnswer[];
  @ApiProperty({ type: SwitchesAnswer }) switches: SwitchesAnswer;
  @ApiProperty({ type: SomewhereAnswer }) somewhere: SomewhereAnswer;
}
